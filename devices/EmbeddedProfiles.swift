extension DeviceProfiles {
    /// Every file of `profiles/`, by name. The build embeds the files one by one and cannot list them;
    /// a test compares this list with the folder.
    static let embeddedFiles: [(file: String, json: [UInt8])] = [
        ("digitalpersona-uareu-4000.json", PackageResources.digitalpersona_uareu_4000_json),
        ("digitalpersona-uareu-4500.json", PackageResources.digitalpersona_uareu_4500_json),
        ("digitalpersona-uareu-keyboard.json", PackageResources.digitalpersona_uareu_keyboard_json),
        ("microsoft-fingerprint-reader.json", PackageResources.microsoft_fingerprint_reader_json),
        ("microsoft-fingerprint-reader-v2.json", PackageResources.microsoft_fingerprint_reader_v2_json),
        ("morpho-cbm.json", PackageResources.morpho_cbm_json),
        ("morpho-mso-100.json", PackageResources.morpho_mso_100_json),
        ("morpho-mso-1300.json", PackageResources.morpho_mso_1300_json),
        ("morpho-mso-1350.json", PackageResources.morpho_mso_1350_json),
        ("morpho-mso-300.json", PackageResources.morpho_mso_300_json),
        ("morpho-mso-350.json", PackageResources.morpho_mso_350_json),
        ("usb-video-class.json", PackageResources.usb_video_class_json),
        ("wacom-stu-430.json", PackageResources.wacom_stu_430_json),
    ]
}
