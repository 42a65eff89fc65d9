package import EnrolmentCore
import Foundation
import PacketFormat
package import StationUI

/// `label.json` in a kit's folder: what the screen says of a kit before anybody has opened it.
///
/// It is in plain text, and holds what a sticker on the laptop would. It proves nothing: whoever changes it changes
/// what the unlock screen says, and the next opening at that screen writes the kit's own number over it.
struct KitLabelFile: Codable, Hashable {
    static let name = "label.json"
    static let mostCharacters = 60

    let version: Int
    let kit: String
    let municipality: String?
    let isTraining: Bool

    init(_ label: KitLabel) {
        version = 1
        kit = label.kit?.text ?? ""
        municipality = label.municipality.isEmpty ? nil : label.municipality
        isTraining = label.isTraining
    }

    var label: KitLabel {
        KitLabel(
            kit: kit.isEmpty ? nil : KitID(String(kit.prefix(Self.mostCharacters))),
            municipality: String((municipality ?? "").prefix(Self.mostCharacters)), isTraining: isTraining)
    }
}

extension KitFolder {
    /// What stands on the kit; nothing where there is no label, or none that can be read.
    ///
    /// It is read before anybody has shown who they are: a pipe or a link in its place is no label, and is not
    /// waited for.
    package var label: KitLabel {
        let path = url.appending(path: KitLabelFile.name).path
        guard let bytes = try? DurableFiles().read(path, atMost: InputFile.Limit.configuration.rawValue),
            let file = try? JSONDecoder().decode(KitLabelFile.self, from: Data(bytes)), file.version == 1
        else { return KitLabel(kit: nil) }
        return file.label
    }

    /// Puts a label on the kit, whole or not at all.
    ///
    /// - Throws: `store.unwritable`.
    package func attach(_ label: KitLabel) throws(FailureReport) {
        let (files, path) = (DurableFiles(), url.appending(path: KitLabelFile.name).path)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            try files.write(Array(try encoder.encode(KitLabelFile(label))), to: path + ".part")
            try files.synchronise(path + ".part")
            try files.rename(path + ".part", to: path)
            try files.synchroniseDirectory(url.path)
        } catch {
            throw FailureReport(.store(.unwritable), detail: KitLabelFile.name, kept: .nothingToKeep)
        }
    }

    /// Puts right what the label says of an open kit; the municipality stays. That it cannot is no reason to stop.
    func correctLabel(of kit: Kit) {
        var label = label
        guard label.kit != kit.id || label.isTraining != kit.isTraining else { return }
        (label.kit, label.isTraining) = (kit.id, kit.isTraining)
        try? attach(label)
    }
}
