import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// What is shown at the right of a step, with a heading that says what it is.
    func picture(_ machine: EnrolmentMachine) -> any Widget {
        switch machine.step {
        case .card, .person: photoPanel(.pictureCard, cardPhoto)
        case .photo: portraitPanel(machine)
        case .fingers: fingerPanel(machine)
        case .signature: signaturePanel(machine)
        case .choices, .review, .sealing: reviewPanels(machine)
        case .stored, .stopped: Spacer()
        }
    }

    private func portraitPanel(_ machine: EnrolmentMachine) -> any Widget {
        // Not mirrored: it is the officer who looks at it.
        if machine.activity == .working { return photoPanel(.picturePreview, capture.preview) }
        // The photo of the card beside the new one: is this the same person?
        if machine.record.portrait == nil || portrait == nil { return photoPanel(.pictureCard, cardPhoto) }
        if cardPhoto == nil { return photoPanel(.picturePortrait, portrait) }
        return Columns(
            [(.share(1), photoPanel(.pictureCard, cardPhoto)), (.share(1), photoPanel(.picturePortrait, portrait))],
            gap: 0)
    }

    private func signaturePanel(_ machine: EnrolmentMachine) -> any Widget {
        if machine.activity == .working { return panel(.pictureSignature, liveInk) }
        guard case .signed(let sample) = machine.record.signature else { return panel(.pictureSignature, Spacer()) }
        return panel(.pictureSignature, ink(sample))
    }

    private func reviewPanels(_ machine: EnrolmentMachine) -> any Widget {
        var parts: [any Widget] = [
            Columns(
                [(.share(1), photoPanel(.picturePhoto, portrait))]
                    + machine.record.fingers.suffix(2).map { sample in
                        (
                            .share(1),
                            Panel(
                                catalogue[.fingerShort(sample.position)], fingerView(sample.image, sample.position))
                        )
                    }, gap: 0)
        ]
        if case .signed(let sample) = machine.record.signature { parts.append(panel(.pictureSignature, ink(sample))) }
        return Stack(parts)
    }

    func panel(_ heading: UIText, _ content: any Widget) -> Panel { Panel(catalogue[heading], content) }

    func photoPanel(_ heading: UIText, _ image: RGBImage?) -> any Widget {
        guard let image,
            let picture = Picture(width: image.width, height: image.height, format: .rgb, bytes: image.pixels)
        else { return panel(heading, TextBlock(catalogue[.pictureNone], style: .muted)) }
        let words = catalogue.text(.pictureWords, catalogue[heading], "\(image.width)", "\(image.height)")
        return panel(heading, PictureView(picture, style: pictures, words: words))
    }

    /// Before the pad's own size is known, that of the common small pads.
    var liveInk: InkView {
        let points = capture.strokes.joined()
        let width = pad?.maximumX ?? max(9600, points.map(\.x).max() ?? 0)
        let height = pad?.maximumY ?? max(6000, points.map(\.y).max() ?? 0)
        return inkView(capture.strokes, width: width, height: height)
    }

    func ink(_ sample: SignatureSample) -> InkView {
        inkView(sample.strokes, width: sample.geometry.maximumX, height: sample.geometry.maximumY)
    }

    private func inkView(_ strokes: [[PenPoint]], width: Int, height: Int) -> InkView {
        InkView(
            strokes: strokes.map { $0.map { (x: $0.x, y: $0.y) } }, field: (max(1, width), max(1, height)),
            symbols: pictures.symbols, words: catalogue.text(.pictureInk, "\(strokes.count)"))
    }
}
