import BiometricFormats
import EnrolmentCore
import EnrolmentFlow
package import StationUI
package import TerminalKit

/// The screens on one terminal: takes news, draws, and hands back what the officer asked for.
package actor StationScreen {
    private var model: StationModel
    private let terminal: any Terminal
    /// Which samples the pictures on the screen were made from, so that each is decoded once.
    private var shownCard: CardReading?
    private var shownPortrait: PortraitSample?

    package init(_ model: StationModel, on terminal: any Terminal) {
        self.model = model
        self.terminal = terminal
    }

    package nonisolated var events: AsyncStream<TerminalEvent> { terminal.events }

    /// Takes one event and draws.
    @discardableResult
    package func tell(_ event: StationEvent) -> [StationEffect] {
        // The model lets its pictures go with the enrolment, and needs them again with the next.
        if case .enrolment(nil) = event { (shownCard, shownPortrait) = (nil, nil) }
        let effects = model.handle(event)
        terminal.show(model)
        return effects
    }

    /// Takes what an enrolment did, with the photos as pixels beside it.
    package func tell(_ update: EnrolmentSession.Update) {
        switch update {
        case .progress(let progress): tell(progress)
        case .state(let machine):
            showPictures(machine.record.card, machine.record.portrait)
            tell(.enrolment(machine))
        }
    }

    func tell(_ update: CaseSession.Update) {
        switch update {
        case .enrolment(let update): tell(update)
        case .delivery(.progress(let progress)): tell(progress)
        case .delivery(.state(let machine)):
            showPictures(machine.record.newCard, machine.record.portrait)
            tell(.delivery(machine))
        }
    }

    private func tell(_ progress: CaptureProgress) {
        if case .cardPhoto(let jpeg) = progress {
            tell(.picture(.card, Self.pixels(jpeg)))
        } else {
            tell(StationEvent.progress(progress))
        }
    }

    package func redraw() { terminal.show(model) }

    package func close() async { await terminal.close() }

    private func showPictures(_ card: CardReading?, _ portrait: PortraitSample?) {
        if card != shownCard {
            shownCard = card
            _ = model.handle(.picture(.card, card?.photo.flatMap(Self.pixels)))
        }
        if portrait != shownPortrait {
            shownPortrait = portrait
            _ = model.handle(.picture(.portrait, portrait.flatMap { Self.pixels($0.jpeg) }))
        }
    }

    /// A photo that cannot be decoded is no picture on the screen; the sample itself is judged where
    /// it is taken.
    private static func pixels(_ jpeg: [UInt8]) -> RGBImage? {
        try? JPEGCodec().decodeRGB(jpeg)
    }
}
