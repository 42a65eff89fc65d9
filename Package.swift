// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6, warnings are errors, and a module's imports stay its own.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// Targets whose inner loops run over pixels are optimised in debug builds too: tests and `make demo`
/// would otherwise wait for them a hundred times longer.
let optimised: [SwiftSetting] = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil, exclude: [String] = [],
    resources: [Resource] = [], settings: [SwiftSetting] = settings
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
        swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// Debian's C libraries.
let systemLibraries: [Target] = [
    .systemLibrary(name: "CLibUSB", pkgConfig: "libusb-1.0"),
    .systemLibrary(name: "CPCSC", pkgConfig: "libpcsclite"),
    .systemLibrary(name: "CHIDAPI", pkgConfig: "hidapi-hidraw"),
    .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg"),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng"),
    .systemLibrary(name: "CChafa", pkgConfig: "chafa"),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium"),
    .systemLibrary(name: "CTimex"),
    .systemLibrary(name: "CTSS", pkgConfig: "tss2-esys"),
    .target(name: "CHardening"),
    .target(name: "CSQLiteMemory", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(name: "CV4L2"),
    .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw")]),
]

let libraries: [Target] = [
    // Layer 0
    library("EnrolmentCore", settings: optimised),
    library("ProcessHardening", ["CHardening"]),
    library("TerminalKit", ["CNcurses", "CChafa"]),
    // Layer 1
    library("BiometricFormats", ["EnrolmentCore", "CTurboJPEG", "CPNG"], settings: optimised),
    library("DeviceTransport", ["EnrolmentCore"]),
    library(
        "DeviceProfiles", path: "devices", exclude: ["udev", "bench"], resources: [.embedInCode("profiles")]),
    library(
        "OfflineCacheSchema", path: "offline-cache",
        resources: [.embedInCode("migrations"), .embedInCode("reference"), .embedInCode("rules")]),
    // Layer 2
    library("DeviceTransportLinux", ["EnrolmentCore", "DeviceTransport", "CLibUSB", "CPCSC", "CHIDAPI", "CV4L2"]),
    library(
        "DeviceEmulation", ["EnrolmentCore", "DeviceTransport", "BiometricFormats", crypto, cryptoExtras, x509],
        settings: optimised),
    library(
        "DeviceDrivers",
        ["EnrolmentCore", "DeviceTransport", "DeviceProfiles", "BiometricFormats", crypto],
        settings: optimised),
    library("SampleQuality", ["EnrolmentCore"], settings: optimised),
    library("PacketFormat", ["EnrolmentCore", "BiometricFormats", crypto, cryptoExtras]),
    library("TrustedPlatform", ["EnrolmentCore", "CTSS"]),
    library("CardProof", ["EnrolmentCore", "OfflineCacheSchema", crypto, cryptoExtras, asn1]),
    // Layer 3
    library(
        "OfflineCache",
        [
            "EnrolmentCore", "PacketFormat", "OfflineCacheSchema", "CSodium", "CSQLiteMemory", "CTimex", crypto,
            cryptoExtras, grdb,
        ]),
    library("SyncProtocol", ["EnrolmentCore", "PacketFormat", crypto]),
    library("EnrolmentFlow", ["EnrolmentCore"]),
    // Layer 4
    library(
        "SyncClient",
        [
            "EnrolmentCore", "PacketFormat", "OfflineCache", "SyncProtocol", httpClient, nioCore, nioPosix, nioSSL,
            .product(name: "NIOHTTP1", package: "swift-nio"),
        ]),
    library(
        "CentralServer",
        [
            "EnrolmentCore", "PacketFormat", "SyncProtocol", crypto, x509, grdb, logging, nioCore, nioPosix, nioSSL,
            asn1, httpClient,
            .product(name: "Hummingbird", package: "hummingbird"),
            .product(name: "HummingbirdCore", package: "hummingbird"),
            .product(name: "HummingbirdTLS", package: "hummingbird"),
        ]),
    library("StationUI", ["EnrolmentCore", "EnrolmentFlow", "TerminalKit"]),
    // Layer 5
    library(
        "StationApp",
        [
            "EnrolmentCore", "EnrolmentFlow", "BiometricFormats", "DeviceTransport", "DeviceTransportLinux",
            "DeviceEmulation", "DeviceDrivers", "DeviceProfiles", "SampleQuality", "CardProof", "PacketFormat",
            "TrustedPlatform", "OfflineCache", "SyncProtocol", "SyncClient", "CentralServer", "StationUI",
            "TerminalKit", "OfflineCacheSchema", "ProcessHardening", nioCore,
            nioPosix, logging,
        ], resources: [.embedInCode("Resources")]),
]

let executables: [Target] = [
    .executableTarget(
        name: "loket",
        dependencies: [
            "StationApp", "EnrolmentCore", "BiometricFormats", "DeviceDrivers", "SampleQuality", "CardProof",
            "PacketFormat", "OfflineCache", "SyncProtocol", "StationUI", "ProcessHardening", arguments,
        ],
        swiftSettings: settings),
    .executableTarget(
        name: "loket-central",
        dependencies: [
            "CentralServer", "EnrolmentCore", "PacketFormat", "SyncProtocol", "ProcessHardening", arguments,
        ],
        swiftSettings: settings),
    .executableTarget(
        name: "loket-bench",
        dependencies: [
            "StationApp", "EnrolmentCore", "BiometricFormats", "DeviceTransport", "DeviceProfiles", "DeviceDrivers",
            "DeviceEmulation", "SampleQuality", "PacketFormat", "OfflineCache", "StationUI", "TerminalKit",
            arguments, grdb,
        ],
        path: "Benchmarks/loket-bench", swiftSettings: settings),
    .executableTarget(
        name: "vault-campaign",
        dependencies: [
            "EnrolmentCore", "PacketFormat", "OfflineCache", "OfflineCacheSchema", "SyncProtocol", "SyncClient",
            "CentralServer", "StationTestSupport", arguments, crypto, grdb,
        ],
        path: "Benchmarks/vault-campaign", exclude: ["shim", "released"], swiftSettings: settings),
    .executableTarget(
        name: "formats-campaign", dependencies: ["EnrolmentCore", "BiometricFormats", "StationTestSupport"],
        path: "Benchmarks/formats-campaign", swiftSettings: settings),
    .executableTarget(
        name: "finger-quality",
        dependencies: ["EnrolmentCore", "BiometricFormats", "DeviceEmulation", "SampleQuality", arguments],
        path: "Benchmarks/finger-quality", swiftSettings: settings),
    .executableTarget(
        name: "finger-matching",
        dependencies: ["EnrolmentCore", "BiometricFormats", "DeviceEmulation", "SampleQuality", arguments],
        path: "Benchmarks/finger-matching", swiftSettings: settings),
]

let package = Package(
    name: "draagbaar-loket",
    products: [
        .executable(name: "loket", targets: ["loket"]),
        .executable(name: "loket-central", targets: ["loket-central"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: systemLibraries + libraries + executables + [
        library("StationTestSupport", path: "Tests/StationTestSupport"),
        tests("EnrolmentCoreTests", ["EnrolmentCore", "StationTestSupport"]),
        tests("ProcessHardeningTests", ["ProcessHardening"]),
        tests("TerminalKitTests", ["TerminalKit", "CNcurses", "StationTestSupport"]),
        tests("BiometricFormatsTests", ["EnrolmentCore", "BiometricFormats", "StationTestSupport"]),
        tests("DeviceTransportTests", ["DeviceTransport"]),
        tests("DeviceProfilesTests", ["DeviceProfiles"]),
        tests("OfflineCacheSchemaTests", ["OfflineCacheSchema", crypto]),
        tests(
            "DeviceTransportLinuxTests",
            [
                "EnrolmentCore", "DeviceTransport", "DeviceTransportLinux", "DeviceEmulation", "DeviceDrivers",
                "DeviceProfiles", "BiometricFormats", "CPCSC",
            ]),
        tests(
            "DeviceEmulationTests", ["EnrolmentCore", "DeviceTransport", "DeviceEmulation", crypto, cryptoExtras, x509]),
        tests(
            "DeviceDriversTests",
            [
                "EnrolmentCore", "DeviceTransport", "DeviceDrivers", "DeviceProfiles", "DeviceEmulation",
                "BiometricFormats", "StationTestSupport",
            ]),
        tests("SampleQualityTests", ["EnrolmentCore", "BiometricFormats", "DeviceEmulation", "SampleQuality"]),
        tests(
            "CardProofTests",
            ["EnrolmentCore", "DeviceEmulation", "CardProof", "OfflineCacheSchema", "StationTestSupport", crypto]),
        tests("TrustedPlatformTests", ["EnrolmentCore", "TrustedPlatform", "StationTestSupport"]),
        tests("PacketFormatTests", ["EnrolmentCore", "BiometricFormats", "PacketFormat", "StationTestSupport"]),
        tests(
            "OfflineCacheTests",
            [
                "EnrolmentCore", "PacketFormat", "OfflineCache", "OfflineCacheSchema", "CSQLiteMemory",
                "StationTestSupport", crypto, grdb,
            ]),
        tests("SyncProtocolTests", ["EnrolmentCore", "SyncProtocol"]),
        tests("EnrolmentFlowTests", ["EnrolmentCore", "EnrolmentFlow", "StationTestSupport"], exclude: ["Goldens"]),
        tests(
            "SyncClientTests",
            [
                "EnrolmentCore", "PacketFormat", "OfflineCache", "SyncProtocol", "SyncClient", "CentralServer",
                "StationTestSupport", crypto, grdb, nioCore, nioPosix, logging,
            ], exclude: ["Witness"]),
        tests(
            "CentralServerTests",
            [
                "EnrolmentCore", "PacketFormat", "SyncProtocol", "CentralServer", "loket-central", "StationTestSupport",
                crypto, grdb, logging, nioCore,
                nioPosix,
                nioSSL, httpClient,
            ]),
        tests(
            "StationAppTests",
            [
                "EnrolmentCore", "EnrolmentFlow", "BiometricFormats", "DeviceTransport", "DeviceEmulation",
                "DeviceDrivers",
                "DeviceProfiles", "CardProof", "PacketFormat", "OfflineCache", "OfflineCacheSchema", "SyncProtocol",
                "SyncClient", "CentralServer", "StationUI", "TerminalKit", "StationApp", "StationTestSupport", nioCore,
                nioPosix,
                nioSSL,
                logging, crypto, grdb,
            ]),
        tests(
            "LoketTests", ["EnrolmentCore", "BiometricFormats", "loket", "loket-central"], exclude: ["Transcripts"]),
        tests(
            "StationUITests",
            ["EnrolmentCore", "EnrolmentFlow", "OfflineCacheSchema", "TerminalKit", "StationUI"], exclude: ["Goldens"]),
    ]
)
