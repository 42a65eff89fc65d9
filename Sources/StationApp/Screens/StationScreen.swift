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
        case .progress(let progress): tell(StationEvent.progress(progress))
        case .state(let machine):
            showPictures(of: machine.record)
            tell(.enrolment(machine))
        }
    }

    package func redraw() { terminal.show(model) }

    package func close() async { await terminal.close() }

    private func showPictures(of record: EnrolmentRecord) {
        if record.card != shownCard {
            shownCard = record.card
            _ = model.handle(.picture(.card, record.card?.photo.flatMap(Self.pixels)))
        }
        if record.portrait != shownPortrait {
            shownPortrait = record.portrait
            _ = model.handle(.picture(.portrait, record.portrait.flatMap { Self.pixels($0.jpeg) }))
        }
    }

    /// A photo that cannot be decoded is no picture on the screen; the sample itself is judged where
    /// it is taken.
    private static func pixels(_ jpeg: [UInt8]) -> RGBImage? {
        try? JPEGCodec().decodeRGB(jpeg)
    }
}
