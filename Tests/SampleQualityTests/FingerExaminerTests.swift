import EnrolmentCore
import SampleQuality
import Testing

@Suite("FingerExaminer")
struct FingerExaminerTests {}
