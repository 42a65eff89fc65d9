import EnrolmentCore
import FoundationEssentials
import GRDB

func databaseBlob(_ bytes: [UInt8]) -> Data { Data(bytes) }

func bytes(_ blob: Data) -> [UInt8] { [UInt8](blob) }

func timestamp(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }
