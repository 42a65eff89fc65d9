import Crypto
package import EnrolmentCore

/// Reads a journal that a kit gave away, wherever it is: it needs the kit's public key and no store.
package struct AuditFile: Sendable {
    private let kit: KitID
    private let verifier: AuditSealVerifier

    /// - Parameter keys: the kit's public keys, from whoever vouches for them.
    package init(kit: KitID, keys: [VerifyingKey]) {
        self.kit = kit
        verifier = AuditSealVerifier(kit: kit, keys: keys)
    }

    /// Says what is wrong with a file; every byte of it is covered.
    ///
    /// - Parameter evidence: what was held of the journal before; what of it the file lacks is found too, also
    ///   where its end was cut off together with all that it spoke of.
    package func audit(_ bytes: [UInt8], against evidence: AuditEvidence? = nil) -> AuditReport {
        let pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var lines = pieces.dropLast().map { (start: $0.startIndex, line: AuditFileLine($0)) }
        var (findings, exportedAt): ([AuditFinding], Timestamp?) = ([], nil)
        if pieces.last?.isEmpty != true { findings.append(AuditFinding(.fileCutOff, detail: "the last line")) }
        if case .end(let statement)? = lines.last?.line, let end = lines.popLast() {
            exportedAt = check(statement, signing: bytes[..<end.start], into: &findings)
        } else {
            findings.append(AuditFinding(.fileCutOff, detail: "no signature at the end"))
        }
        var training = false
        if case .head(let head)? = lines.first?.line, head.version == 1, head.kit == kit.text {
            training = head.training
            lines.removeFirst()
        } else {
            findings.append(AuditFinding(.fileChanged, detail: "the first line"))
        }
        var chain = AuditChain(verifier: verifier, isTraining: training)
        var comparison = evidence.map(AuditComparison.init)
        for (_, line) in lines {
            switch line {
            case .line(let record):
                chain.take(record)
                comparison?.take(record)
            case .seal(let number, let statement):
                chain.take(AuditChain.HeldSeal(number: number, statement: statement))
            case .head, .end, nil:
                findings.append(
                    AuditFinding(.fileChanged, position: chain.position + 1, detail: "behind line \(chain.position)"))
            }
        }
        var report = AuditReport(of: chain, kit: kit, isTraining: training)
        report.findings += findings
        report.exportedAt = exportedAt
        comparison?.finish(&report, seals: chain.seals, lastPosition: chain.position)
        report.remarks.append(AuditReport.Remark(kind: .journalOnly, position: nil, seal: nil, detail: ""))
        return report
    }

    /// - Returns: When the file was given away; nil when its signature does not hold.
    private func check(
        _ statement: String, signing bytes: ArraySlice<UInt8>, into findings: inout [AuditFinding]
    ) -> Timestamp? {
        do throws(StatementError) {
            let seal = try verifier.verify(export: statement)
            let digest = hexadecimal(SHA256.hash(data: Array(bytes)))
            if seal.byteCount != bytes.count || seal.digest != digest {
                findings.append(AuditFinding(.fileChanged, detail: "not the bytes that were signed"))
            }
            return seal.exportedAt
        } catch {
            findings.append(AuditFinding(.fileChanged, detail: "its signature: \(error.description)"))
            return nil
        }
    }
}

extension AuditFile {
    /// The digests of the seals that a file holds, before anything of it is believed: to find what it is to be
    /// compared with.
    package func sealDigests(in bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            // A seal's line begins with its number, every other with something else.
            guard line.starts(with: Array(#"{"number""#.utf8)), case .seal(_, let statement)? = AuditFileLine(line)
            else { return nil }
            return AuditSealSigner.digest(of: statement)
        }
    }
}
