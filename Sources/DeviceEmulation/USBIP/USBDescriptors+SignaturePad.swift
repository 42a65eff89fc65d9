import DeviceTransport

extension USBDescriptors {
    /// A Wacom STU-430.
    ///
    /// No real one's descriptors are public. Its ids, texts, report ids and lengths are facts; that the
    /// reports are opaque bytes in a collection of a digitizer follows from how the kernel treats it.
    package static func stu430(serial: String) -> USBDescriptors {
        let report = stuReportDescriptor(
            inputs: [(0x01, 6), (0x10, 16), (0x33, 16), (0x34, 10), (0x50, 16)],
            features: [
                (0x03, 4), (0x04, 1), (0x08, 16), (0x09, 16), (0x0A, 4), (0x0B, 10), (0x15, 4), (0x16, 1), (0x20, 1),
                (0x21, 1), (0x22, 4), (0x23, 10), (0x24, 10), (0x25, 1), (0x26, 255), (0x27, 1), (0x28, 3), (0x2A, 8),
                (0x2D, 4), (0x2F, 1), (0x32, 1), (0x40, 67), (0x50, 16),
            ])
        let length = [UInt8(truncatingIfNeeded: report.count), UInt8(truncatingIfNeeded: report.count >> 8)]
        return USBDescriptors(
            device: deviceDescriptor(vendor: 0x056A, product: 0x00A4, release: 0x0100, packetLength: 64),
            configuration: configuration(
                milliamperes: 200,
                [
                    [9, DescriptorType.interface, 0, 0, 1, 3, 0, 0, 0],
                    [9, DescriptorType.hid, 0x10, 0x01, 0, 1, DescriptorType.hidReport] + length,
                    // Every 5 ms: the pad samples 200 times a second.
                    [7, DescriptorType.endpoint, HIDOverUSB.inputEndpoint, 3, 64, 0, 5],
                ]),
            strings: texts(maker: "Wacom Co.,Ltd.", product: "STU-430", serial: serial), reports: [0: report])
    }

    /// - Parameters: report ids, each with the number of bytes after it.
    private static func stuReportDescriptor(
        inputs: [(id: UInt8, length: UInt8)], features: [(id: UInt8, length: UInt8)]
    ) -> [UInt8] {
        // A digitizer; then for each report: its id, a usage of the vendor's page, so many bytes, variable.
        let head: [UInt8] = [0x05, 0x0D, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08]
        func field(_ id: UInt8, _ length: UInt8, _ kind: UInt8) -> [UInt8] {
            [0x85, id, 0x06, 0x00, 0xFF, 0x09, id, 0x95, length, kind, 0x02]
        }
        return head + inputs.flatMap { field($0.id, $0.length, 0x81) }
            + features.flatMap { field($0.id, $0.length, 0xB1) } + [0xC0]
    }
}
