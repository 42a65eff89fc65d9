package import DeviceTransport

/// Which MorphoSmart module is emulated, and how it behaves.
package struct MorphoModel: Hashable, Sendable {
    /// How the module cuts what it says into transfers.
    package enum Delivery: Hashable, Sendable {
        /// One transfer a frame.
        case frameByFrame
        /// As many frames as are ready in one transfer.
        case joined
        /// At most so many bytes at a time.
        case pieces(of: Int)
    }

    /// How an aborted command says so.
    package enum Abortion: Hashable, Sendable {
        /// After so long, and until then it is still in progress.
        case slow(Duration)
        /// It is over at once, and says so after so long.
        case late(Duration)
    }

    /// Of every model.
    static let writeEndpoint: UInt8 = 0x02

    package var listing: USBDeviceListing
    package var interface: UInt8 = 1
    package var readEndpoint: UInt8 = 0x83
    package var productText: String
    package var sensorText = "Emulated optical sensor, 500 dpi"
    package var softwareText = "Emulated firmware"
    package var delivery = Delivery.frameByFrame
    package var abortion = Abortion.slow(.milliseconds(10))
    /// What stands between any two frames, as after a modem program has talked to the module.
    package var noise: [UInt8] = []
    /// Whether a session that crashed left the module looking out for a finger.
    package var isLeftRunning = false
    /// What it compresses its pictures with, whatever it was asked; 2C is not at all.
    package var compression: UInt8 = 0x2C
    /// Pixels an inch that its pictures' headers tell, along a column and along a row.
    package var verticalPixelsPerInch: UInt16 = 500
    package var horizontalPixelsPerInch: UInt16 = 500
    /// How many commands it refuses as in progress though none is.
    package var spuriousRefusals = 0

    package init(listing: USBDeviceListing, productText: String) {
        self.listing = listing
        self.productText = productText
    }

    package static let mso1300 = MorphoModel(
        listing: USBDeviceListing(
            vendor: 0x225D, product: 0x000A, release: 0x0100, bus: 1, address: 52, serial: "EMULATED-1300",
            productName: "MSO1300-E3 Fingerprint Sensor"),
        productText: "MSO 1300 E3, emulated")

    package static let mso350: MorphoModel = {
        var model = MorphoModel(
            listing: USBDeviceListing(
                vendor: 0x079B, product: 0x0026, release: 0x0100, bus: 1, address: 53, serial: "EMULATED-350",
                productName: "MSO350 Fingerprint Sensor"),
            productText: "MSO 350, emulated")
        model.interface = 0
        model.readEndpoint = 0x81
        return model
    }()
}
