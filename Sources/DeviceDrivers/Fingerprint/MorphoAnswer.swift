/// One frame from a module, understood.
package enum MorphoAnswer: Hashable, Sendable {
    /// The texts that `describe` asked for.
    case description(MorphoDescription)
    /// How the taking of a picture ended. It comes with its picture also when the finger was refused.
    case picture(MorphoEnrolmentStatus, Result<MorphoImage, MorphoImage.Problem>?)
    /// A command with this identifier did not succeed.
    case refusal(identifier: UInt8, MorphoStatus)
    case messages([MorphoMessage])
    /// The module could not read what it was sent.
    case invalidRequest
    /// Nothing of what this program ever asked for.
    case unrelated

    private static let invalidIdentifier: UInt8 = 0x50
    private static let messageIdentifier: UInt8 = 0x71
    private static let imageIdentifier: UInt8 = 0x3D

    package enum Problem: Error, Hashable, Sendable {
        case notAnElement(ILVError)
        case empty
        case unknownStatus(UInt8)
    }

    /// - Parameter content: of one frame.
    package init(_ content: [UInt8]) throws(Problem) {
        let element: ILVElement
        do throws(ILVError) {
            element = try ILVElement(content)
        } catch {
            throw .notAnElement(error)
        }
        guard case .plain(let identifier) = element.identifier else {
            self = .unrelated
            return
        }
        switch identifier {
        case Self.invalidIdentifier: self = .invalidRequest
        case Self.messageIdentifier: self = .messages(MorphoMessage.messages(in: element.value))
        case MorphoCommand.describeIdentifier, MorphoCommand.takePictureIdentifier:
            self = try Self.answer(to: identifier, element.value)
        default: self = .unrelated
        }
    }

    private static func answer(to identifier: UInt8, _ value: [UInt8]) throws(Problem) -> MorphoAnswer {
        guard let first = value.first else { throw .empty }
        guard let status = MorphoStatus(rawValue: first) else { throw .unknownStatus(first) }
        guard status == .ok else { return .refusal(identifier: identifier, status) }
        guard identifier == MorphoCommand.takePictureIdentifier else {
            return .description(MorphoDescription(value.dropFirst()))
        }
        guard value.count >= 2 else { throw .empty }
        guard let outcome = MorphoEnrolmentStatus(rawValue: value[1]) else { throw .unknownStatus(value[1]) }
        return .picture(outcome, image(in: value.dropFirst(2)))
    }

    /// The picture behind the enrolment status. A success has the record's index before it, in four bytes; a
    /// refused finger has none in the vendor's own library and has one according to others, so the place
    /// where whole elements follow up to the end decides.
    private static func image(in rest: ArraySlice<UInt8>) -> Result<MorphoImage, MorphoImage.Problem>? {
        for elements in [rest.dropFirst(4), rest] {
            guard let block = imageBlock(in: elements) else { continue }
            do throws(MorphoImage.Problem) {
                return .success(try MorphoImage(block))
            } catch {
                return .failure(error)
            }
        }
        return nil
    }

    private static func imageBlock(in bytes: ArraySlice<UInt8>) -> [UInt8]? {
        var reader = ILVReader(bytes)
        var block: [UInt8]?
        do throws(ILVError) {
            while let element = try reader.next() {
                if element.identifier == .plain(imageIdentifier), block == nil { block = element.value }
            }
        } catch {
            return nil
        }
        return block
    }
}
