extension TestCardKeys {
    /// Behind cards with elliptic curves; as PKCS#8, and the root as a certificate.
    static let ellipticCurve = TestCardKeys(
        rootCertificate: """
            MIIBwzCCAUigAwIBAgIGflfKAAAGMAoGCCqGSM49BAMDMDcxCzAJBgNVBAYTAkJFMSgwJgYDVQQDDB9URVNUIFJvb3QgQ0E2IChEcmFh
            Z2JhYXIgTG9rZXQpMB4XDTIwMDEwMTAwMDAwMFoXDTQwMDEwMTAwMDAwMFowNzELMAkGA1UEBhMCQkUxKDAmBgNVBAMMH1RFU1QgUm9v
            dCBDQTYgKERyYWFnYmFhciBMb2tldCkwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAASVNIT7MUv/Ilfpr1mcFbSiDzN8Y256qjYziY7DU/HP
            lFd1pboXU9OPd46Hr87OfmvXgb1rgArOmlJld5FSPg0afAj9JA26o/AC7ygs9IdcoGQdnn+IFRUhMQmEdz7Hcl+jIzAhMA8GA1UdEwEB
            /wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMAoGCCqGSM49BAMDA2kAMGYCMQC4Z1lSChNA+nLtxryaCKq1REVisXQdiXtIPXZ7fuHNOLeV
            bMntMnIeGgcN+uLYad0CMQCelngv/B14qDz6YE7bfoQ0m7WTcjAgtA67J6Z7YWMK8hRZ4vg0yB8zEt8Z5N4IFUI=
            """,
        keys: [
            .root: """
            MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDBuvU/9g+8tjcRjXMuKxhngDljwJADbAMFzGtZqA49CicSUuPetkyy2uyMI
            NzP7+sGhZANiAASVNIT7MUv/Ilfpr1mcFbSiDzN8Y256qjYziY7DU/HPlFd1pboXU9OPd46Hr87OfmvXgb1rgArOmlJld5FSPg0afAj9
            JA26o/AC7ygs9IdcoGQdnn+IFRUhMQmEdz7Hcl8=
            """,
            .otherRoot: """
            MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCstBjZr9ByoQhGkhh+848SwXavcK0iOe6R6xSCoG7JwQ8/vA+18DQyxFC+
            eV0UqiehZANiAASYuvzEWiz2dz7Uu2JYb1UFzR4nfBgvS7lNkJgVrUrgSGiPhhJs2DYAyWcBJDCoTVOj/JyzXJpMvlDa8JxOaHg9CxW6
            N1gH2a1+izrBCFTcII3ZP+tME5tD0SXIvW+FtNQ=
            """,
            .authority: """
            MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDDtg/iqy1KgITGhFrVlpkOfpfsLqkmTQIC0DeVAHtSt6uxzR4CTEnTQQQqV
            RTK5G8ihZANiAARSmog6KqamE22tyQzgTs+a81bwnnysQ93+d+zXe5u4QVrgxjSObxSN5J3VyQxkCT99LJJkN0PozrTAVPJ2pnNWrvPq
            fKTEmyuvqIWtvNfh4HVfTdeB2yjmq3u7vJf3aLU=
            """,
            .registry: """
            MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDB//08vtkAEaV220vnq9Ab5pINFgHKUz/EyRVkGasxCYNn8hceeJhYOwRNI
            OVy/4a2hZANiAAQFX0NLCdRDshk8+TdkWJShbEtVW/94oIBYCI1fsQ5yXQR1IN3qatQKfLIG8/tQ5W/1CYT9WjeuCdlrbdT1vYmt2/2c
            BX3Q/ElrccituAXXieUWLLZDIp27G3bIsUPs36I=
            """,
            .authentication: """
            MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDC5UdUhK+n8SxHQxjdPux5nUPuyk2cfDdxvWyWVLwrNit67c3YyAnymodQA
            FMFAuCKhZANiAAQ8iPbkrWSHzTPXSz1HAGG5SX14mPa9kc1GrbbtrLaoti08zkeT66A38Bo6KKvyWFIHxExXb9CrVrKoDKvvl0c+DgrD
            b13RzoGRzeQU0G478adzNfSSZOF3wuJrGw1qzTM=
            """,
            .signature: """
            MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDAv1q5iKdQnJ+wB+mMXY9JV3tZv10+fiz0OTz20ZzFaaUNnEEFotM/uel9P
            PrGSEtChZANiAAS7HmreWvchO9SlJuTDlwrGB5/5HgF4J4FNPXGJxKWTbAHWm3OiutUJnivof/np923i/b4tJOIAGOe2qpARch/e9zt8
            ptasRwRMImT0KC6BPDomOo8UxEXRAMjY2z2vxCo=
            """,
        ])
}
