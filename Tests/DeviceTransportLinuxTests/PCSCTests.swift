import Testing

/// All that starts a pcscd of its own, one after the other: a machine, or a namespace, has room for one.
@Suite(.serialized) struct PCSCTests {}
