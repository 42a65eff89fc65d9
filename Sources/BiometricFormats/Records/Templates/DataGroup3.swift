/// The fingers of a travel document: EF.DG3 of ICAO Doc 9303-10.
///
/// `63 { 7F61 { 02 count · 7F60 … } }`, with no, one or two fingers, each in a template of its own.
package struct DataGroup3: Hashable, Sendable {
    package let templates: [BiometricInformationTemplate]
    /// Without fingers, random bytes (tag 53) keep two empty groups from having one hash; the issuer's to make.
    package let discretionaryData: [UInt8]?

    private typealias Element = BiometricTemplateError.Element

    package init(templates: [BiometricInformationTemplate], discretionaryData: [UInt8]? = nil) {
        self.templates = templates
        self.discretionaryData = discretionaryData
    }

    /// The bytes of the file.
    ///
    /// - Throws: `.invalid(.count)` for more than 255 templates, and what a template throws.
    package func encoded() throws(BiometricTemplateError) -> [UInt8] {
        guard templates.count <= 255 else { throw .invalid(.count) }
        var group = TaggedData.object(Element.count.rawValue, [UInt8(templates.count)])
        for template in templates { group += try template.encoded() }
        guard group.count < Int(UInt32.max) - 1024 else { throw .invalid(.group) }
        let further = discretionaryData.map { TaggedData.object(Element.discretionaryData.rawValue, $0) } ?? []
        return TaggedData.object(
            Element.dataGroup.rawValue, TaggedData.object(Element.group.rawValue, group) + further)
    }

    /// Reads a file; the biometric data are taken as they are.
    ///
    /// - Throws: a `BiometricTemplateError` for anything but one whole data group.
    package init(_ bytes: [UInt8]) throws(BiometricTemplateError) {
        var reader = TaggedData.Reader(bytes)
        var file = try reader.expect(.dataGroup)
        guard reader.isAtEnd else { throw .trailingBytes }
        var group = try file.expect(.group)
        let count = try group.expect(.count).rest
        guard count.count == 1 else { throw .invalid(.count) }
        var templates: [BiometricInformationTemplate] = []
        while !group.isAtEnd {
            guard templates.count < count[0] else { throw .invalid(.count) }
            var template = try group.expect(.template)
            templates.append(try BiometricInformationTemplate(&template))
        }
        guard templates.count == count[0] else { throw .invalid(.count) }
        let discretionaryData = file.isAtEnd ? nil : try file.expect(.discretionaryData).rest
        guard file.isAtEnd else { throw .trailingBytes }
        self.init(templates: templates, discretionaryData: discretionaryData)
    }
}
