import EnrolmentCore
import Foundation

/// The endings and forks of a skeleton, and which of them to trust.
struct SkeletonNodes {
    struct Node {
        let kind: Minutia.Kind
        /// In the plane's pixels.
        let x: Int
        let y: Int
        /// As ISO/IEC 19794-2 has it: anticlockwise, rows running upwards.
        let angle: Float
        let certainty: Float
    }

    /// The surest first.
    private(set) var trusted: [Node] = []

    private let skeleton: RidgeSkeleton
    private let field: RidgeField
    private let relief: RidgeRelief

    /// How far a ridge is followed to tell its direction.
    private static let arm = 14
    /// Two forks with two lines between them that are this short are a pore.
    private static let lake = 22
    /// Nodes this near to the print's rim are left out.
    private static let rim = 14

    init(skeleton: RidgeSkeleton, field: RidgeField, relief: RidgeRelief) {
        self.skeleton = skeleton
        self.field = field
        self.relief = relief
        let inside = field.foreground.inner
        let certainty = field.certainty
        // Row by row, as the pairs below need them.
        var nodes: [Node] = []
        for index in skeleton.pixels.indices where skeleton.pixels[index] == 1 {
            let branches = skeleton.branches(at: index)
            guard branches == 1 || branches == 3 else { continue }
            let (x, y) = skeleton.place(of: index)
            guard inside[x / blockSide, y / blockSide], isAwayFromRim(x, y) else { continue }
            let sure = certainty.value(atX: Float(x), y: Float(y)) * relief.clarity.value(atX: Float(x), y: Float(y))
            let node = branches == 1 ? ending(at: index, x, y, sure) : fork(at: index, x, y, sure)
            if let node { nodes.append(node) }
        }
        trusted = Self.withoutBreaks(nodes).sorted { $0.certainty > $1.certainty }
    }

    /// Where the print ends every ridge ends.
    private func isAwayFromRim(_ x: Int, _ y: Int) -> Bool {
        let (straight, aslant) = (Self.rim, Self.rim * 7 / 10)
        return [
            (straight, 0), (-straight, 0), (0, straight), (0, -straight), (aslant, aslant), (aslant, -aslant),
            (-aslant, aslant), (-aslant, -aslant),
        ].allSatisfy { field.isForeground(x: x + $0.0, y: y + $0.1) }
    }

    private func ending(at index: Int, _ x: Int, _ y: Int, _ certainty: Float) -> Node? {
        guard let path = skeleton.paths(from: index, atMost: Self.arm).first, path.pixels.count >= Self.arm,
            let last = path.pixels.last
        else { return nil }
        let end = skeleton.place(of: last)
        return node(.ending, x, y, towards: (Float(end.x - x), Float(end.y - y)), certainty)
    }

    private func fork(at index: Int, _ x: Int, _ y: Int, _ certainty: Float) -> Node? {
        let paths = skeleton.paths(from: index, atMost: Self.lake)
        guard paths.count == 3 else { return nil }
        var towards = (x: Float(0), y: Float(0))
        var forks: [Int] = []
        for path in paths {
            if case .fork(let other) = path.end {
                // A second fork right here: noise, or a place where no direction can be told.
                if path.pixels.count < 8 || forks.contains(other) || other == index { return nil }
                forks.append(other)
            }
            let reach = min(Self.arm, path.pixels.count)
            let end = skeleton.place(of: path.pixels[reach - 1])
            let length = hypot(Float(end.x - x), Float(end.y - y))
            guard length > 0 else { return nil }
            towards.x += Float(end.x - x) / length
            towards.y += Float(end.y - y) / length
        }
        return node(.bifurcation, x, y, towards: towards, certainty)
    }

    /// The flow gives the direction, being steadier than a few pixels of one line; the line says which way.
    private func node(
        _ kind: Minutia.Kind, _ x: Int, _ y: Int, towards: (x: Float, y: Float), _ certainty: Float
    ) -> Node {
        let flow = field.direction(atX: Float(x) + 0.5, y: Float(y) + 0.5)
        let isForward = cos(flow) * towards.x + sin(flow) * towards.y >= 0
        var angle = -(isForward ? flow : flow + .pi)
        angle -= 2 * .pi * (angle / (2 * .pi)).rounded(.down)
        return Node(
            kind: kind, x: x, y: y, angle: angle < 2 * .pi ? angle : 0, certainty: min(1, max(0, certainty)))
    }

    /// Two endings that face each other are one broken ridge, and two nodes in one spot are noise.
    private static func withoutBreaks(_ nodes: [Node]) -> [Node] {
        let gap: Float = 16
        var isFalse = [Bool](repeating: false, count: nodes.count)
        for first in nodes.indices {
            for second in nodes.indices[(first + 1)...] {
                guard Float(nodes[second].y - nodes[first].y) <= gap else { break }
                let (one, other) = (nodes[first], nodes[second])
                let (dx, dy) = (Float(other.x - one.x), Float(other.y - one.y))
                let distance = hypot(dx, dy)
                guard distance <= gap else { continue }
                let isOpposed = cos(one.angle - other.angle) < -0.7
                if distance < 6 {
                    isFalse[isOpposed || one.certainty < other.certainty ? first : second] = true
                    if isOpposed { isFalse[second] = true }
                } else if isOpposed, one.kind == .ending, other.kind == .ending {
                    // Each looks away from the other, along the line between them.
                    let away = -(cos(one.angle) * dx - sin(one.angle) * dy) / distance
                    if away > 0.8 { (isFalse[first], isFalse[second]) = (true, true) }
                }
            }
        }
        return nodes.indices.filter { !isFalse[$0] }.map { nodes[$0] }
    }
}
