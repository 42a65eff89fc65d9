/// Who opens the screens of a station when they are locked.
package enum Doorkeeper: Sendable {
    /// Officers log in, by the kit's list of them.
    case officers(LoginDesk)
    /// Whoever can open the kit itself: it has no list of officers.
    case kit(OpeningDesk<Void>)
    /// Any key does, on a kit for training.
    case nobody

    /// Hands on what becomes of the unlockings, and what the reader sees; ends when its tasks are cancelled.
    func follow(
        readers: any KitDeviceSource, _ tell: @escaping @Sendable (StationRunner.Input) -> Void
    ) -> [Task<Void, Never>] {
        let unlockings: Task<Void, Never>
        switch self {
        case .officers(let desk): unlockings = Task { for await update in desk.updates { tell(.login(update)) } }
        case .kit(let desk): unlockings = Task { for await update in desk.updates { tell(.opening(update)) } }
        case .nobody: return []
        }
        return [unlockings, Task { for await state in readers.readerStates() { tell(.reader(state)) } }]
    }

    func close() async {
        switch self {
        case .officers(let desk): await desk.close()
        case .kit(let desk): await desk.close()
        case .nobody: break
        }
    }
}
