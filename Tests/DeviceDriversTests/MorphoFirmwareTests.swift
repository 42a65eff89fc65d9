import DeviceDrivers
import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Testing

/// The driver against emulated modules that do what their protocol allows, and what it does not.
@Suite struct MorphoFirmwareTests {
    @Test("Frames come whole, joined, in pieces, with noise between them: the picture is the same")
    func deliveries() async throws {
        let deliveries: [MorphoModel.Delivery] = [
            .frameByFrame, .joined, .pieces(of: 1), .pieces(of: 7), .pieces(of: 64), .pieces(of: 511),
        ]
        for delivery in deliveries {
            for noise in [[], Array("AT\r\nSYN".utf8)] {
                var model = MorphoModel.mso1300
                (model.delivery, model.noise) = (delivery, noise)
                let emulated = EmulatedMorpho(model, presentations: [MorphoFixtures.good], pace: .simulated)
                #expect(
                    MorphoFixtures.isSame(try await MorphoFixtures.captured(emulated)?.raw, MorphoFixtures.picture),
                    "\(delivery)")
                #expect(MorphoFixtures.isTidy(emulated))
            }
        }
    }

    @Test("A module that a crashed session left waiting for a finger is freed, however it says so")
    func leftRunning() async throws {
        let abortions: [MorphoModel.Abortion] = [
            .slow(.zero), .slow(.milliseconds(10)), .slow(.milliseconds(150)), .slow(.milliseconds(250)),
            .slow(.milliseconds(600)),
            // Its answer comes after the new order was given.
            .late(.milliseconds(150)), .late(.milliseconds(1000)),
        ]
        for abortion in abortions {
            var model = MorphoModel.mso1300
            (model.isLeftRunning, model.abortion) = (true, abortion)
            let emulated = EmulatedMorpho(model, presentations: [MorphoFixtures.good], pace: .simulated)
            #expect(
                MorphoFixtures.isSame(try await MorphoFixtures.captured(emulated)?.raw, MorphoFixtures.picture),
                "\(abortion)")
            #expect(MorphoFixtures.isTidy(emulated))
        }
    }

    @Test("A module that is busy is asked again, three times in all, and then is busy")
    func busy() async throws {
        var model = MorphoModel.mso1300
        model.spuriousRefusals = 2
        let emulated = EmulatedMorpho(model, presentations: [MorphoFixtures.good], pace: .simulated)
        #expect(try await MorphoFixtures.captured(emulated) != nil)
        model.spuriousRefusals = 3
        await #expect(throws: DeviceError(.scanner, .busy, "another command is in progress")) {
            try await MorphoFixtures.captured(
                EmulatedMorpho(model, presentations: [MorphoFixtures.good], pace: .simulated))
        }
    }

    @Test("A picture that comes compressed though plain was asked for is refused by name")
    func compressed() async throws {
        var model = MorphoModel.mso1300
        model.compression = 0x9C
        let emulated = EmulatedMorpho(model, presentations: [MorphoFixtures.good], pace: .simulated)
        await #expect(throws: DeviceError(.scanner, .protocolViolation, "picture: compressed(156)")) {
            try await MorphoFixtures.captured(emulated)
        }
        #expect(MorphoFixtures.isTidy(emulated))
    }

    @Test("The module is described by its model, its own words and its serial")
    func description() async throws {
        let emulated = EmulatedMorpho(pace: .simulated)
        let description = try await MorphoFixtures.scanner(emulated).describe()
        #expect(description.product == "Morpho MSO 1300 E3 / V3 (MSO 1300 E3, emulated)")
        #expect(description.serial == "EMULATED-1300")
        #expect(emulated.traces.commands == [0x70, 0x05])
        #expect(MorphoFixtures.isTidy(emulated))
    }
}
