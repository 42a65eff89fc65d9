extension USBDescriptors {
    /// A MorphoSmart module. Most models are a modem to the kernel: an interface to control it and one for its
    /// data, which carries the frames; one model has a single interface of the vendor's own class.
    ///
    /// Derived from what the vendor's library opens and from what the kernel says of such modules; no real
    /// module's descriptors were at hand.
    package init(of model: MorphoModel) {
        self.init(
            device: Self.deviceDescriptor(
                vendor: model.listing.vendor, product: model.listing.product, release: model.listing.release,
                packetLength: 64),
            configuration: model.interface == 0
                ? Self.configuration(milliamperes: 500, Self.vendorInterface(model))
                : Self.modemConfiguration(model),
            strings: Self.texts(
                maker: "Morpho", product: model.listing.productName, serial: model.listing.serial))
    }

    private static func modemConfiguration(_ model: MorphoModel) -> [UInt8] {
        let parts: [[UInt8]] = [
            [9, DescriptorType.interface, 0, 0, 1, 0x02, 0x02, 0x01, 0],
            // Header, call management, what it can do, and which interface its data goes over (CDC 1.2, 5.2.3).
            [5, 0x24, 0x00, 0x10, 0x01], [5, 0x24, 0x01, 0, 1], [4, 0x24, 0x02, 0x02], [5, 0x24, 0x06, 0, 1],
            [7, DescriptorType.endpoint, 0x81, 3, 8, 0, 16],
            [9, DescriptorType.interface, 1, 0, 2, 0x0A, 0, 0, 0],
        ]
        var configuration = configuration(milliamperes: 500, parts + endpoints(model))
        configuration[4] = 2
        return configuration
    }

    private static func vendorInterface(_ model: MorphoModel) -> [[UInt8]] {
        [[9, DescriptorType.interface, 0, 0, 2, 0xFF, 0, 0, 0]] + endpoints(model)
    }

    private static func endpoints(_ model: MorphoModel) -> [[UInt8]] {
        [
            [7, DescriptorType.endpoint, model.readEndpoint, 2, 64, 0, 0],
            [7, DescriptorType.endpoint, MorphoModel.writeEndpoint, 2, 64, 0, 0],
        ]
    }
}
