extension Catalogue {
    /// What can fail at a device: a title, what happened, and what to do. `{0}` is the device.
    static let englishDeviceFailures: [String: String] = [
        "failure.device.absent.title": "{0} is missing",
        "failure.device.absent.happened": "{0} is not connected, or the laptop does not see it.",
        "failure.device.absent.remedy":
            "Plug in the USB cable of {0} and try again. If that does not help, use another port.",
        "failure.device.unplugged.title": "{0} came loose",
        "failure.device.unplugged.happened": "{0} disappeared while it was working.",
        "failure.device.unplugged.remedy": "Plug in the USB cable of {0} again and take this again from the start.",
        "failure.device.ambiguous.title": "More than one: {0}",
        "failure.device.ambiguous.happened":
            "More than one connected device could be {0}, and nothing says which one it is.",
        "failure.device.ambiguous.remedy":
            "Leave one plugged in and unplug the other. A technician can choose one with --serial.",
        "failure.device.busy.title": "{0} is in use",
        "failure.device.busy.happened": "Another program is holding {0}.",
        "failure.device.busy.remedy": "Close the other program and try again.",
        "failure.device.permissionDenied.title": "No access to {0}",
        "failure.device.permissionDenied.happened": "The program may not use {0} on this laptop.",
        "failure.device.permissionDenied.remedy":
            "A technician must restore the permissions: loket selftest says what is missing.",
        "failure.device.timedOut.title": "{0} does not answer",
        "failure.device.timedOut.happened": "{0} gave no answer in time.",
        "failure.device.timedOut.remedy":
            "Try again. If it still does not answer: unplug the USB cable, wait a moment and plug it in again.",
        "failure.device.cancelled.title": "Interrupted",
        "failure.device.cancelled.happened": "What {0} was doing has been interrupted.",
        "failure.device.cancelled.remedy": "Start again whenever you like.",
        "failure.device.protocolViolation.title": "{0} answers wrongly",
        "failure.device.protocolViolation.happened": "{0} gave an answer that is not right.",
        "failure.device.protocolViolation.remedy":
            "Unplug the USB cable, plug it in again and try again. If it comes back, report the code below.",
        "failure.device.serviceDown.title": "The service for {0} is down",
        "failure.device.serviceDown.happened": "A service of this laptop that {0} needs is not running.",
        "failure.device.serviceDown.remedy": "Restart the laptop. What has been saved stays safe.",
        "failure.device.unreadable.title": "Unreadable answer from {0}",
        "failure.device.unreadable.happened": "What {0} gave cannot be read.",
        "failure.device.unreadable.remedy": "Try again. If it comes back, report the code below.",

        "failure.scanner.busy.remedy":
            "Usually that is fprintd, signing in by fingerprint. Close the other program, or have a technician run “systemctl mask --now fprintd”, and try again.",
        "failure.scanner.permissionDenied.remedy":
            "The kit’s udev rule is missing. A technician runs “loket devices udev | sudo tee /etc/udev/rules.d/60-draagbaar-loket.rules”; plug the scanner in again afterwards.",
        "failure.scanner.unreadable.remedy": "Wipe the glass clean and take the finger again.",
        "failure.cardReader.timedOut.remedy": "Take the card out, wipe the chip clean and put it in again.",
        "failure.cardReader.unreadable.remedy":
            "Wipe the card’s chip clean and read it again. If it keeps failing, the card is damaged: press F3 in the Card step.",
        "failure.cardReader.serviceDown.remedy":
            "The service is called pcscd. Restart the laptop; what has been saved stays safe.",
        "failure.camera.busy.remedy":
            "Close every other program that uses the camera, such as video calls, and try again.",
    ]
}
