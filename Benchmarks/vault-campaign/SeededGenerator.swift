import StationTestSupport

/// The tests' own: one seed means the same numbers in a campaign and in the test that came of it.
typealias SeededGenerator = StationTestSupport.SeededGenerator
