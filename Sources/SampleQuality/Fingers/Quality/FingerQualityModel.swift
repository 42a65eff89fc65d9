/// The score that NFIQ 2 would give to a row of measures, as well as a sum of small trees can tell.
///
/// Fitted by `Tests/Witness/finger_quality_fit.py` to NFIQ 2's scores (Python package nbis-py) of fingers from
/// three sources, spoilt in two dozen ways; pictures that NFIQ 2 refuses count as 0. The trees are in
/// `FingerQualityModel+Trees.swift`, which that program writes.
enum FingerQualityModel {
    /// What the trees add to.
    static func score(of measures: [Double]) -> Double {
        var score = Double(base)
        nodes.withUnsafeBufferPointer { nodes in
            var root = 0
            while root < nodes.count {
                let size = Int(nodes[root])
                score += leaf(of: nodes, from: root + 1, measures)
                root += 1 + 3 * size
            }
        }
        return score
    }

    /// Each node is three numbers: the measure, the most of it for which the next node follows, and how many
    /// nodes on the other one is; a leaf has no measure (-1), and its value.
    private static func leaf(of nodes: UnsafeBufferPointer<Float>, from first: Int, _ measures: [Double]) -> Double {
        var node = first
        while nodes[node] >= 0 {
            let isBelow = Float(measures[Int(nodes[node])]) <= nodes[node + 1]
            node += isBelow ? 3 : 3 * Int(nodes[node + 2])
        }
        return Double(nodes[node + 1])
    }
}
