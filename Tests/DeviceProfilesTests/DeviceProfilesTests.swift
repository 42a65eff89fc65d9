import Foundation
import Testing

@testable import DeviceProfiles

@Suite struct DeviceProfilesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../devices").standardizedFileURL

    @Test("Every profile in the folder is built in, readable, and named after its file")
    func folderAndProgramAgree() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Self.folder.appending(path: "profiles").path)
        #expect(Set(files) == Set(DeviceProfiles.embeddedFiles.map(\.file)))
        for (file, json) in DeviceProfiles.embeddedFiles {
            #expect(try DeviceProfile(json: json, file: file).id + ".json" == file)
        }
        #expect(try DeviceProfiles.embedded().all.count == files.count)
    }

    @Test("Every scanner has usable figures, and none pretends to be certified or calibrated")
    func scanners() throws {
        let scanners = try DeviceProfiles.embedded().all.filter { $0.kind == .scanner }
        #expect(scanners.count >= 5)
        for profile in scanners {
            #expect(!profile.certified && !profile.notes.isEmpty)
            if profile.driver == "morpho" {
                _ = try MorphoParameters(profile)
            } else {
                #expect(try !ScannerParameters(profile).isCalibrated)
            }
        }
    }

    @Test("The scanners of the U.are.U family are known by their numbers")
    func family() throws {
        let profiles = try DeviceProfiles.embedded()
        let numbers: [(UInt16, UInt16)] = [
            (0x045E, 0x00BB), (0x045E, 0x00BC), (0x045E, 0x00BD), (0x045E, 0x00CA), (0x05BA, 0x0007), (0x05BA, 0x0008),
            (0x05BA, 0x000A),
        ]
        for (vendor, product) in numbers {
            let profile = try #require(profiles.profile(usbVendor: vendor, product: product))
            let parameters = try ScannerParameters(profile)
            #expect(parameters.isTurned == (product == 0x000A))
            #expect(parameters.wantsChallengeResponse == (product == 0x00CA))
        }
        #expect(profiles.profile(usbVendor: 0x1D6B, product: 2) == nil)
    }

    @Test("The MorphoSmart modules are known by their numbers, and one model has another interface than the others")
    func morphoSmart() throws {
        let profiles = try DeviceProfiles.embedded()
        let sagem: [UInt16] = [0x0023, 0x0024, 0x0025, 0x0026, 0x0047, 0x0052]
        let numbers = sagem.map { (UInt16(0x079B), $0) } + (UInt16(0x0008)...0x000D).map { (UInt16(0x225D), $0) }
        for (vendor, product) in numbers {
            let profile = try #require(profiles.profile(usbVendor: vendor, product: product))
            let parameters = try MorphoParameters(profile)
            #expect(profile.driver == "morpho" && parameters.writeEndpoint == 0x02)
            let isReader = product == 0x0026
            #expect(parameters.interface == (isReader ? 0 : 1) && parameters.readEndpoint == (isReader ? 0x81 : 0x83))
        }
    }

    @Test("The udev rules open every USB and HID device that has a profile, and nothing else")
    func udevRules() throws {
        let rules = try String(
            contentsOf: Self.folder.appending(path: "udev/60-draagbaar-loket.rules"), encoding: .utf8)
        var opened: Set<String> = []
        for line in rules.split(separator: "\n") where line.contains("uaccess") {
            let numbers = ["idVendor}==\"", "idProduct}==\""].compactMap { key in
                line.range(of: key).map { String(line[$0.upperBound...].prefix(4)) }
            }
            #expect(numbers.count == 2, "a rule without both numbers: \(line)")
            opened.insert(numbers.joined(separator: ":"))
        }
        let known = try DeviceProfiles.embedded().all.flatMap(\.match).compactMap { match -> String? in
            guard match.bus == .usb || match.bus == .hid, let vendor = match.vendor, let product = match.product else {
                return nil
            }
            return [vendor, product].map { String(format: "%04x", $0) }.joined(separator: ":")
        }
        #expect(opened == Set(known))
    }

    @Test("A profile that lacks its certification, or has a bad number, is refused by name")
    func refused() throws {
        let complete = """
            {"id":"x","kind":"scanner","name":"X","driver":"uareu","certified":false,"quirks":[],"notes":[],
             "match":[{"bus":"usb","vendor":"05ba","product":"000a"}],"parameters":{"columns":384,"turned":true}}
            """
        let profile = try DeviceProfile(json: [UInt8](complete.utf8), file: "x.json")
        #expect(try profile.integer("columns", in: 1...500) == 384)
        #expect(throws: ProfileError.parameter(profile: "x", name: "columns")) {
            try profile.integer("columns", in: 1...100)
        }
        #expect(throws: ProfileError.parameter(profile: "x", name: "turned")) {
            try profile.number("turned", in: 0...1)
        }
        #expect(throws: ProfileError.parameter(profile: "x", name: "rows")) { try ScannerParameters(profile) }
        for (old, new) in [
            ("\"certified\":false,", ""), ("05ba", "5ba"), ("05ba", "wxyz"), ("\"scanner\"", "\"lamp\""),
        ] {
            let text = complete.replacingOccurrences(of: old, with: new)
            #expect(throws: ProfileError.self) { try DeviceProfile(json: [UInt8](text.utf8), file: "x.json") }
        }
    }

    @Test("Two profiles for one device are refused")
    func ambiguous() throws {
        let one = try #require(try DeviceProfiles.embedded().all.first)
        #expect(throws: ProfileError.ambiguous(profile: one.id, other: one.id)) { try DeviceProfiles([one, one]) }
    }
}
