import CTimex

/// What the kernel says of whoever disciplines its clock: chrony, systemd-timesyncd or ntpd (ntp_adjtime(2)).
package struct KernelNetworkTime: NetworkTimeSource {
    package init() {}

    package func largestError() -> Duration? {
        // No mode: it is only read.
        var state = timex()
        let answer = ntp_adjtime(&state)
        guard answer >= 0, answer != TIME_ERROR, state.status & STA_UNSYNC == 0 else { return nil }
        return .microseconds(Int64(state.maxerror))
    }
}

extension Timekeeping {
    /// The machine's own.
    package static let kernel = Timekeeping(uptime: BootClock(), network: KernelNetworkTime())
}
