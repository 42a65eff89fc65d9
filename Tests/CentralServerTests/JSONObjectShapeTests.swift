import Testing

@testable import loket_central

@Suite("The shape of a JSON object")
struct JSONObjectShapeTests {
    private func isWhole(_ text: String) -> Bool {
        var shape = JSONObjectShape()
        for byte in text.utf8 { shape.update([byte]) }
        return shape.isWhole
    }

    @Test(
        "is seen",
        arguments: ["{}", " {\"a\":[1,{\"b\":\"}]\\\"\"}]}\n", "{\"\u{E9}\":\"\\\\\"}", "{\"a\":-1.5e3,\"b\":null}"])
    func whole(text: String) { #expect(isWhole(text)) }

    @Test(
        "is missed in what is cut, doubled, of another kind, or could steer a terminal",
        arguments: [
            "", " ", "[]", "\"a\"", "1", "{", "{}}", "{}{}", "{} x", "x{}", "{]", "{\"a\":[}", "{\"a", "{\"a\\\"}",
            "{\"\u{1B}[2J\":1}", "{\u{1B}}", "{\u{E9}:1}", "\u{0}{}", String(repeating: "{", count: 600),
        ])
    func broken(text: String) { #expect(!isWhole(text)) }
}
