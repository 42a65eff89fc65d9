extension Duration {
    /// Whole milliseconds, rounded up and kept within 0 and `limit`, as the time-out of a C call.
    package func timeoutMilliseconds(atMost limit: Int32 = .max) -> Int32 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        guard seconds < Int64(limit) / 1000 + 1 else { return limit }
        let part = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(min(seconds * 1000 + part, Int64(limit)))
    }
}
