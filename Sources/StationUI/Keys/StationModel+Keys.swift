import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    static let lockKeys: [Key] = ["f12", "ctrl+l"]

    /// Locking comes before everything; then a prompt has all keys, then the screen.
    mutating func press(_ key: Key) -> [StationEffect] {
        refusedKey = nil
        if lock != .open { return pressWhileLocked(key) }
        if Self.lockKeys.contains(key) { return perform(.lock) }
        if citizenPIN != nil { return pressTurned(key) }
        if let prompt { return press(key, in: prompt) }
        guard let binding = bindings.first(where: { $0.keys.contains(key) }) else { return [] }
        if let reason = binding.disabledReason {
            refusedKey = reason
            return []
        }
        return perform(binding.command)
    }

    private mutating func pressWhileLocked(_ key: Key) -> [StationEffect] {
        switch lock {
        case .open: return []
        case .blank: return key == "enter" ? beginUnlocking() : []
        case .unlocking(let screen): return press(key, in: screen)
        }
    }

    private mutating func press(_ key: Key, in prompt: Prompt) -> [StationEffect] {
        switch prompt {
        case .help, .failure:
            if ["enter", "escape", "f1", "?"].contains(key) { self.prompt = nil }
            return []
        case .choice(let choice): return press(key, in: choice)
        case .text(let question): return press(key, in: question)
        }
    }

    private mutating func press(_ key: Key, in choice: ChoicePrompt) -> [StationEffect] {
        var choice = choice
        let count = choice.options.count
        switch key.name {
        case "escape": prompt = nil
        case "up", "k": choice.selected = (choice.selected + count - 1) % max(1, count)
        case "down", "j": choice.selected = (choice.selected + 1) % max(1, count)
        case "enter":
            guard choice.options.indices.contains(choice.selected) else { return [] }
            return take(choice.options[choice.selected].answer)
        default:
            // The options are numbered, so that one key is enough.
            guard let number = Int(key.name), choice.options.indices.contains(number - 1) else { return [] }
            return take(choice.options[number - 1].answer)
        }
        if prompt != nil { prompt = .choice(choice) }
        return []
    }

    private mutating func take(_ answer: Answer) -> [StationEffect] {
        switch answer {
        case .nothing: prompt = nil
        case .ask(let question): prompt = .text(question)
        case .effect(let effect):
            prompt = nil
            return [effect]
        }
        return []
    }

    private mutating func press(_ key: Key, in question: TextPrompt) -> [StationEffect] {
        var question = question
        switch key.name {
        case "escape": prompt = nil
        case "enter":
            if let effect = question.answer() {
                prompt = nil
                return [effect]
            }
            prompt = .text(question)
        default:
            question.type(key)
            prompt = .text(question)
        }
        return []
    }

    private mutating func perform(_ command: Command) -> [StationEffect] {
        switch command {
        case .go(let place):
            self.place = place
            return place == .day ? [.showDay] : []
        case .openSelected: return selected.map { [.openCase($0.visit.id, $0.planned.id)] } ?? []
        case .openNext: return nextCase.map { [.leaveCase, .openCase($0.visit.id, $0.planned.id)] } ?? [.leaveCase]
        case .move(let step):
            move(step)
            if place == .queue, let count = queue.rowsWanted(at: selectedPacket) { return [.showPackets(count)] }
        case .turn(let step): choices.turn(step)
        case .turnScreen(let purpose): return turn(for: purpose)
        case .effect(let effect): return [effect]
        case .confirmChoices: return [.enrolment(.choose(choices.choices))]
        case .revisitSelected where place == .delivery:
            guard DeliveryPart.allCases.indices.contains(selectedPart) else { return [] }
            return [.delivery(.revisit(DeliveryPart.allCases[selectedPart]))]
        case .revisitSelected:
            guard EnrolmentPart.allCases.indices.contains(selectedPart) else { return [] }
            return [.enrolment(.revisit(EnrolmentPart.allCases[selectedPart]))]
        case .ask(let question): prompt = .choice(question)
        case .help: prompt = .help
        case .lock:
            leaveTurned()
            lock = .blank
            return [.locked]
        }
        return []
    }

    private mutating func move(_ step: Int) {
        switch place {
        case .home: selectedCase = moved(selectedCase, step, cases.count)
        case .queue: selectedPacket = moved(selectedPacket, step, queue.rows.count)
        case .enrolment where enrolment?.step == .choices: choices.move(step)
        case .delivery: selectedPart = moved(selectedPart, step, DeliveryPart.allCases.count)
        case .enrolment: selectedPart = moved(selectedPart, step, EnrolmentPart.allCases.count)
        case .sync, .day: break
        }
    }

    private func moved(_ index: Int, _ step: Int, _ count: Int) -> Int {
        max(0, min(count - 1, index + step))
    }
}
