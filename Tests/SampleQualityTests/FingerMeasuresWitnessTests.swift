import EnrolmentCore
import SampleQuality
import Testing

/// NFIQ 2 itself, as the Python package nbis-py 0.1.3 computed it.
@Suite(
    "Finger measures beside NFIQ 2",
    .enabled(if: WitnessFinger.isPresent, "SKIPPED: no ../shared/witness/fingers or LOKET_WITNESS"))
struct FingerMeasuresWitnessTests {
    @Test(
        "real fingers score near NFIQ 2, on the same side of every threshold",
        arguments: [("p1_1", 68), ("p1_2", 70), ("p2_1", 63)])
    func scores(_ name: String, _ theirs: Int) throws {
        let quality = FingerExaminer().quality(of: try WitnessFinger.picture(name))
        #expect(abs(quality.score - theirs) <= 12, "\(quality.score)")
        for threshold in [10, 20, 30] { #expect((quality.score >= threshold) == (theirs >= threshold)) }
    }

    @Test("certainty, flow, clarity and greys of p1_1 are NFIQ 2's to the last digit")
    func measures() throws {
        let ours = FingerQualityMeter().measures(of: try WitnessFinger.picture("p1_1"))
        let clarity = [0, 10, 10, 17, 7, 10, 12, 5, 3, 6, 0.76168, 0.13389]
        let certainty = [3, 15, 19, 21, 10, 7, 8, 4, 2, 0, 0.60315, 0.14404]
        let flow = [0, 2, 6, 4, 6, 5, 4, 3, 10, 6, 0.3383, 0.31296]
        let exact: [(first: Int, values: [Double])] = [
            (13, clarity), (25, [182.02874, 181.83842]), (27, certainty), (39, flow),
        ]
        for (first, values) in exact {
            for (index, value) in values.enumerated() {
                #expect(abs(ours[first + index] - value) < 2e-5, "measure \(first + index)")
            }
        }
        // Found on a coarser grid: near, not the same.
        #expect(abs(ours[12] - 169.43285) < 1)
        #expect(abs(ours[51] - 0.44497) < 0.01)
    }
}
