/// How a driver names the interface that it wants of a device.
package enum USBInterfaceChoice: Hashable, Sendable {
    /// The first interface of this class.
    case ofClass(USBInterfaceClass)
    /// The interface of this number (bInterfaceNumber), for devices whose class says nothing or is shared
    /// with an interface that is not meant.
    case number(UInt8)

    package static let vendorSpecific = USBInterfaceChoice.ofClass(.vendorSpecific)
}
