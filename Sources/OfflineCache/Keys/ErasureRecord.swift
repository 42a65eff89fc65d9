/// `erasure.json`: the statement that the keys of a data folder were destroyed, or are about to be. Where it
/// lies, no key of the folder is opened any more.
package enum ErasureRecord {
    package static let fileName = "erasure.json"
}
