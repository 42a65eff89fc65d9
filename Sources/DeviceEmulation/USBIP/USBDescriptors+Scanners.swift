extension USBDescriptors {
    /// A U.are.U scanner as one was recorded: one interface of the vendor's own class, messages at 81 and
    /// pictures at 82. The texts are those of the listing.
    package init(of model: UareUModel) {
        self.init(
            device: Self.deviceDescriptor(
                vendor: model.listing.vendor, product: model.listing.product, release: model.listing.release,
                packetLength: 64),
            configuration: Self.scannerConfiguration(milliamperes: model.asksChallenge ? 260 : 200),
            strings: Self.texts(
                maker: model.asksChallenge ? "Digital Persona, Inc." : "DigitalPersona, Inc.",
                product: model.listing.productName, serial: model.listing.serial))
    }

    private static func scannerConfiguration(milliamperes: Int) -> [UInt8] {
        configuration(
            milliamperes: milliamperes,
            [
                [9, DescriptorType.interface, 0, 0, 2, 0xFF, 0xFF, 0xFF, 0],
                [7, DescriptorType.endpoint, 0x81, 3, 64, 0, 8],
                [7, DescriptorType.endpoint, 0x82, 2, 64, 0, 0],
            ])
    }

    /// A full-speed device of USB 2.0 whose class its interface tells; texts 1 to 3 are maker, product and serial.
    static func deviceDescriptor(vendor: UInt16, product: UInt16, release: UInt16, packetLength: UInt8) -> [UInt8] {
        let numbers = [vendor, product, release].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        return [18, DescriptorType.device, 0x00, 0x02, 0, 0, 0, packetLength] + numbers + [1, 2, 3, 1]
    }

    /// One configuration with one interface, powered by the bus.
    static func configuration(milliamperes: Int, _ parts: [[UInt8]]) -> [UInt8] {
        let content = parts.flatMap { $0 }
        let total = content.count + 9
        return [
            9, DescriptorType.configuration, UInt8(truncatingIfNeeded: total), UInt8(truncatingIfNeeded: total >> 8), 1,
            1, 0, 0x80, UInt8(clamping: milliamperes / 2),
        ] + content
    }

    static func texts(maker: String, product: String?, serial: String?) -> [UInt8: String] {
        var texts: [UInt8: String] = [1: maker]
        texts[2] = product
        texts[3] = serial
        return texts
    }
}
