import EnrolmentCore
import Synchronization

/// Looks at finger pictures as a test says: each good and like no other, unless it is told otherwise.
final class EasyExaminer: FingerExamining {
    private struct Answers {
        var scores: [Int] = []
        var similarity = 0
        var residue = 0.0
        var templates = 0
    }

    private let answers = Mutex(Answers())

    /// - Parameter scores: of the pictures that are measured, one after the other; the last for all that follow.
    init(scores: [Int] = [], similarity: Int = 0, residue: Double = 0) {
        answers.withLock { $0 = Answers(scores: scores, similarity: similarity, residue: residue) }
    }

    /// How many templates were made.
    var templates: Int { answers.withLock { $0.templates } }

    func setResidue(_ residue: Double) { answers.withLock { $0.residue = residue } }

    func quality(of image: GrayImage) -> FingerQuality {
        answers.withLock { answers in
            let score = answers.scores.first ?? 80
            if answers.scores.count > 1 { answers.scores.removeFirst() }
            return FingerQuality(score: score)
        }
    }

    func preview(of image: GrayImage) -> FingerQuality { FingerQuality(score: 80, hints: [.holdStill]) }

    func lean(of image: GrayImage) -> Double? { nil }

    func template(of image: GrayImage) -> FingerTemplate {
        answers.withLock { $0.templates += 1 }
        return FingerTemplate(width: image.width, height: image.height, minutiae: [])
    }

    func similarity(_ first: FingerTemplate, _ second: FingerTemplate) -> Int { answers.withLock { $0.similarity } }

    func residue(in image: GrayImage, after earlier: GrayImage) -> Double { answers.withLock { $0.residue } }
}
