extension TestCardKeys {
    /// Behind cards of applets 1.0 and 1.1; as PKCS#8, and the root as a certificate.
    static let oldRSA = TestCardKeys(
        rootCertificate: """
            MIIDETCCAfmgAwIBAgIGflfKAAACMA0GCSqGSIb3DQEBCwUAMDcxCzAJBgNVBAYTAkJFMSgwJgYDVQQDDB9URVNUIFJvb3QgQ0EyIChE
            cmFhZ2JhYXIgTG9rZXQpMB4XDTIwMDEwMTAwMDAwMFoXDTQwMDEwMTAwMDAwMFowNzELMAkGA1UEBhMCQkUxKDAmBgNVBAMMH1RFU1Qg
            Um9vdCBDQTIgKERyYWFnYmFhciBMb2tldCkwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCyxWVzCSeHgf62FzwF/yzKRwmh
            XmqZ4s5LoiBmeeMVfgqzNZ7XY9JE7TCEeo/xAtIhQI9+tB0m+p8uytuzRCCfMI/timwfOFp5MAZ1DDJQP2TM4/k732Ccwtnx0UGDv9c0
            r9Idi57vJ+x5L8K/mr/2D1tuYN8j3mCREJPVzAEjkLNSo039jDMOhga7UQx0/rw/gfDVf0/2B4q/21r89+62H385cL+OYC28X2vXCKXM
            ajSTme8tx5yftx4oCKbOA4vZxvK+ft7++9HAITJDIqpbfaiKPwL0BYnA7LgcAHPgtJEH1mtSlIcRw6l7aZp1a7B9NrUqQlxC9DdYZ/T7
            DN03AgMBAAGjIzAhMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMA0GCSqGSIb3DQEBCwUAA4IBAQA50HTGSq4vYcrcVDGt
            s0qrIqLvBfATG434ePb3jhFFEACK8MPB3v5n8WEUzDk00CWAqpCpFL/h5e9TQBZvdrl5eYuxPyD/chF0pyZ4zTCFOhMeaJclwjFXwC1m
            fxEqOQHl0t/pZqdyWSs2Tw7ekrH5THDJPudVGRz8mlvsgJzAPWe8hsvYqlbXIkvl1vApiKpQsv78rvDS0V7rV8c2kB00X90j0hHp3ECp
            bOX0E5qiP8D/yda8A8xf+lMQIjZrY5cOUnpJ1YcluBwmDafRfkmEEh04uH5n+ed8nVeBI/ZYv0734c4FwT+5B/knxpx+CgZJ2xMrOCzZ
            Um5usVCgwSW9
            """,
        keys: [
            .root: """
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCyxWVzCSeHgf62FzwF/yzKRwmhXmqZ4s5LoiBmeeMVfgqzNZ7XY9JE
            7TCEeo/xAtIhQI9+tB0m+p8uytuzRCCfMI/timwfOFp5MAZ1DDJQP2TM4/k732Ccwtnx0UGDv9c0r9Idi57vJ+x5L8K/mr/2D1tuYN8j
            3mCREJPVzAEjkLNSo039jDMOhga7UQx0/rw/gfDVf0/2B4q/21r89+62H385cL+OYC28X2vXCKXMajSTme8tx5yftx4oCKbOA4vZxvK+
            ft7++9HAITJDIqpbfaiKPwL0BYnA7LgcAHPgtJEH1mtSlIcRw6l7aZp1a7B9NrUqQlxC9DdYZ/T7DN03AgMBAAECggEAMYK+9o2d/4cO
            qpKjwotp9bmX3rO99VGdzc+ghpESRcULJJfgnomcVg+UxNQG4npkBOaS90Xd3wpBJN302+Ct4ji6W9De4gSi9fZJi4gttRDhk2c+Awl6
            AeBrKPBJ4zmx2fspx5oAEf8uHGAQYS10JasaKOc2VYJEn1iGgQtHc3gsAWunSmyZP30LQEbHZNN/d+LjB9Sw7sYJepJc7ac7L/3A/te8
            m3+pQCBGch6f/DzjV4Poxjbh7OgaRlUyupe5BMb3qa5Q67bbLafstvyNHcgBt+Q3sElfUAUJgXYojFeiQsgB8FOlicDfd/WBftOhB0fo
            HTivb5Az1Rm1aiWKYQKBgQDxG8iAayTvVpE8tpDryAyjdkVHENbHAcztVfY814Se5f25ZXhipUbe6g2uO7CdrJqDSeZpN5NwFyvVmCLB
            yD6+YoIMyiHI1n0kj9oRSR2ZpJd5Qrf4GU8gZKgJ2tEhNg9SKEsttWExVFp17w0hBYyQOeW8u80m0vCx8bn3B6Ex1wKBgQC9z/uXr3IY
            HSodNU3aLHw8t+lxIuoJ5V7aMc++IY4uxUPwy539iLMDUwN5k4PWk+ttcMfdWaamRUCJAWq083R7758L9NuJhEu4HoaxD3DB1qrXQ1NJ
            GoT+6rWtSA0kGeszkd/0fFJ8dSRMeuEa0Es5L79b8xclHYl0+rtbCMEDoQKBgCQQntYusLCoR0NIn7bVDqboywYNS8Mqzsd1g0aoiirm
            hiRUPEStKkOvyOoV/Z4oMliPFksIyCINJT5m6lQIKvJ5c7CMD6+l/cQZTGongKj5yLqXs0MGLiLPS59lvsB0AKiuZEhrCCXD02AuqM0W
            smbkcivf/5jeFqjXWpTL7F2zAoGAHoAkOoybtdpB4S2mk+9gC1W2MlLc7rgn1MH6UuALe+KA91mQyqPDuD4HqeqVXc6pHw3nX98/Eyq/
            owRSRD92sU+g7AftmxxiGnT1SdBkWxGGpE6SPIYBZwEKLo0MZ4eurru7FAtCKfOc4JlCQM/FtqvAgSL/zhv/8Yc0wf0XHuECgYEAp0X5
            cJijqU58h3axRbg2xgJ40k8+0sR+ah4JR+eOvFBJBv+YzstnSRj73j5UELku6t2ZGXexe0sxsfVxoWKMIamC8J5bbebEqhQ4dA+49qMN
            FmATaaQUdiF8nU7qQ9FXrp4A616mVfV+LVU9CIfzumoBX/QokhlhnFhPCLx4CUY=
            """,
            .otherRoot: """
            MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDLYNpCC6Uqea/nLH4GpTRd1ufIiMNRsK4pz/ZVZM3J0yauOzddqVz3
            CV20hfW70Slefd1rNZj6ZKN0rXI20MzsEQBUGYQ79EogQFvaRz3Nu1BXwPn4IZbWBmKTYOriT4pwQEDCopQBiyLGpmgSYg3r/vEMSOzk
            E5nKvi/5HkRLKNWGgORXKtmUQl5JLlVfZaGml4ozFvEviORdzNjyEFAt8eDsRdbT2KPo+7JvmEXBwlxaGlf4GBLx1zXSAWnzFnBU+j3C
            3q90HvEQEXwiXv0M1+CF3RGGyQgWZzzgqH7MeLQBiC0XW9S5sWvDo+9jOLI6pnrfr53jfKGmiFT+oSVdAgMBAAECggEAJf0R16tYLx5q
            wnoXkkMyjGKzicwt+6jOZ2X+g8XgAJZtz7ak6VxUzpoTxEAPfgUcPpexD7EDwaWhuI4bWuzWkjO8xXi8r/w6ClsrLRMIktCtua6EopoX
            lCO+Lvw384za9Yuy7Qg0MDOei8+SefiR1CabPOm0Qgf9PpcW2+gQ5p7FP89ebcClilp/WRt07jLFSDyJU98oGexo8snRgcdmxiGYIbRY
            r5UPg/+hD617ZJnzRStKk5W1Y479VSRZlVMwM2OBYmmVdKhcT1TbJUhNHhhpLoSF6qzyjAfFOO4EqqGp/SNooOX9yfdx+ED3jjW1OixB
            bE5kN6YqjWtEhSBQQQKBgQDnEeA0UwJHTzf4M037+CfySAUsOmJthHucmG2a3oDr5aOvaAWGDBt1pUdGsfsc5qiEqHPNd+BuJisHlis1
            lVyWKQHC5b1UxqPKWZUZtJ3D0b+cESjcmPIHA3ELdKNgvQGf5YgCW20zDvgULZ1u4kVc/BKywYApi/EdshXDyaDXPQKBgQDhUiP7RGkU
            iJDyBODsbNdfBgg6eXlX0tETdvnfojdpb8p7L1uGZA32qtzqpuxHy0tdsCduDVF7TLcsIRio4FRCSGrwSf2mH/MFrXVrzhmB9MP7/uOl
            5476HFWUeupDiE0KvqZHkORL/UgSMb2wUP4itkJ7g6VmeeVp+Ccdxb1ooQKBgFUEdbqqxA7ardwrfEj2EDSLnSOdw7NJ6HVAfCtcLJEe
            5+/U1Rtx/vR1QFlZiOwkTeKpXBpAPhoo/vIGpZVMhElXgydjghrcD02XUk2n79gpp1dT1PX9bCd6c7BkVOx1/lAHkthTLUV4/3vlIKS4
            qg7BTFvq6C3hKHDloi5sVDp9AoGBAM9Magw3QVIB3xC7ClCaRn+HJjTeI5R4QaDd2kA0lzRrBGfXByaakPo68qr0TfgzgjA869nlaOy+
            hNuVy4E7emnNBI30FOgtBsJXdutrH66fiVwjgj/VzYYwYVAM0dC16uOSyZqYJGIBMbiDiNhZe6Zl9r56PMcOKNIY26wZjAxhAoGBAI5u
            fLPhxNXUgmsW3SI/jQVdAXO4yFn81W4/gr0H/OJ6rKAiRX88JBZTrn8gHZC241rcmExiEBhpfNKgNn7tdEmLQljwDmO1RMp8+THr2Oqg
            wAfcjKnzsMdY6H3keHgWSXaHXFWqBU8VXWW5aRYE74Cbe7ltiZmiQ+NkYbXuglGn
            """,
            .authority: """
            MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDZvLgeSxzjXgGlTYW0aTnVZEKhOs0ESayGchygKsK24+7iMcl0OTdX
            EGbSGmBaLCHyFz5W7TbAkv6AMZd5VjDx96AyfcktESraalbyzbe+WLcvsbI9/+D1Hxnza3FE1qwMQLzpuq90ZFm7t0H3sEnmUg4aVlnI
            m0PDNbNOVMdewfSHXoc0B3BuXpj/OpOeVcFqnUKgr0AAgnDwJe9rDSCu+09xz/kowFCiVw+Er/WGTUn1B+GkjARKx2rPcaxUmUEPVEHv
            OgNH9bNaC/zzP+bW1awcvAr9j5AwE6UH/aJuPZRfZyHzYXY8a/tRi/asdqO7Cr+z3VqzvA4w0i4aASjdAgMBAAECggEAB1Gd7LxaN1UY
            s0PX65iheyGrt0itmhtlEBkNpKw04rnmdM/DzxAA4xo0vCyeMkzxqfYL2eP1jbApm6LotDyB8hHNRQIDMGxRAPBHH1IFfzS//5UdAfmA
            yCyB9LOW8v+DEl+Qs6VbS9gqesu62dNt2hVfzpUHEpFDGPCZDnGwe+fzagRiryF6llyu++lZWNQ6PFkuSHCyPEoE2te42EuxVslPN0Ip
            SisW5u/o87hCq5wnVpcc6XV+61nVSuFoPa/sjyAl5Wh9SGWf4bd07QL/XKl7vEX5fb/8HA4I3FoHfU94vsAOtr9ge4Ro1Ml+2Yw/UBnc
            ySDy02l/9NkQS/4LDwKBgQDzai05izoTy572Muf1NnXBSK6VXfoaQZ4LTA5TQL/T4NEk3pCGdnmW5s8cReRUzv41rltUnnp+MmJ70zdq
            q3ovaf7gGk211FnsrzPvs74ZWmuiielsTvKp77A/ZZzCABy03wSWilJA+VbawbCZLU3XeEYRdnxa5YYN+tfnOXjfIwKBgQDk/qz/Y8cJ
            tAVVZw2YNtxDPDqU8miaOaCYQU3toG/nSUuxWSI3K4JqJgZgdNfsi/ucezH4yfaokcsQ2+jTSNtQF3CSqCYbTvF43BPuGIEM5SZAi81t
            6tX/kbULbu7ngLcIozCOFSgS11hBn8xA6mAeXpeIzzUZp8EA+OgenYJX/wKBgQC9nXxVUyuOuBPAXa9ryVy5kFDPckGdqnfe/QQ7vjiw
            aHUDb4zN8gSNlIbJ03gmyIgmcQgcRsfM/prRMpv8sE+iF8O/9z2J4z2ZrnGazD3Nqi4mk6AOCwHldx2ohRMz3Lp/+yqrylyA2Lrb9f4H
            lM8Khlqux8nfVOS0hy8gpBiQWQKBgQDcRgKhVBhExC8RPKT+E1+DKW9skVV/bQmHC+JrPxYFlCLEgOoByc+UTel6ZUrC1tB8cKDcIWIs
            OrnsCK2IeB/GhhWabTbis+hhisl9EYMppU9LbW95WRjq0v0k91vFwrHOFDQDqGQ4436Y+Z7fntRAwlrflfoNKKnmRof50ydrfwKBgBhS
            GT+2/6xoLqNPRq3IGm1TukCgPtTRCr2pkbZCxYvpnk4FV3uUNbcGjXOc8Olw86FXhdUpe4d1kbNB0MYuw13JjTe03CHh+9EyX0ytQLDb
            UqaPK+D9UMjzT4H+F8rT0wtEu931YrvRudbFply5fgztKsO2oF5tvq/TFfRgRblE
            """,
            .registry: """
            MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBANJ7RdFu8gujrbvj3fthoQCX7BwiboRQPFaQFG+0dOv7OXciIq1vCzWg
            WO0lY189sW3M/cWoVD1sZ7Sg9z+kF8YijsUN3ySqoaMTewJp6ra41io29vHBevsnZj2skcZGXJZU5Wct/f2X3Cgq6Udg9KK5yJV63bWA
            eLoYmE1XOzFDAgMBAAECgYEA0MeETqTdJJx75Wa2tvZ1THBlvNaOh2JLJ5YNH2yBmd39d2V9vkjqdowSCVFPy5YXXBG9G4XH4ZGZILuV
            5SOwi4UGjCecvVnJhCEGErJgIj29QoDbSSGac7vPPq+ZDtlGFLOySoSaJEly7muxxUymrmNqiYy/jHLY4+GVNHoLXRECQQDrojd1Pf4g
            ZsGfRrj1gd68pJP4kfjBGRVKfZ+cY3/jRtKieaBZYpSxpeTEPlRf/sfNyHUNz7hGR99QG1Ym+1dZAkEA5KyGGv2isD6RJ7wRT/KrK7dJ
            Rzx0ST/jPz3VqTnIuRSJLrqnnDMwpmMoTQrOFkDf5zJGFZYlYsdjHbwIc6xV+wJAb+o4+ud5xrvnZJX7jSekueZVHW9/PX+DXED0SRv9
            Bt6Bdofb//hRdVq8n/SWsI1bKsL1zZyGAmNqjiqdraAc6QJBAOBasBxNGtAGIs40Q1wH/46dfgSpOIIhb2i91yH38oo7rrgtI4Mp6iJl
            CMZFwpqsvcCMX5yQOk/mxcUHldc/jv8CQFbrDOfk0JbD7NNIX1MrH1oIUP1/2wJfrBlYOQ7F6vFXFoCc/7E5PhK6zM8eBrFiN64DedRd
            Z3FR5f/V268Oqrc=
            """,
            .authentication: """
            MIICeAIBADANBgkqhkiG9w0BAQEFAASCAmIwggJeAgEAAoGBAKY011tQIuhM2LdsZP9GiR74lSttFebt9/OIuxAh6vnkmCjWfxBxj+W+
            irJrRq8jDIfStv73fN0E0uhkUyIuEkz7VCzPYmUi3Mfl6K0JuIiCTlH1cbp4jeRHBnm7FYrYd9p+B1gDyLshZ7QGya/aHI+kHhxJ+vEW
            DI+/GiQgnbFXAgMBAAECgYEAk/MBqRUCncqaN1zT4rEFKn6ZOpjWIETArRaPfeLTajLkh6W4YgjU0Ov2RrBbsVb/toAJyZjAm3XJ0HhN
            0GU2f8UMYUbRGzA2GQuQEtFawhTSuzLYU5DKfQKjtEukfmPSiZWkCOH7rfMfFYeZM03yVHPyeAa57M/lCXyQTiUSeyECQQDRIcimHRlB
            1IySR6BtuHss5pFMJYxWmZ1qzRKPMa8TfoxhGeq3lMeUV3NGezspoU8WGZtiKhsUrfXoE9xsGx9PAkEAy3RagrouVyzJ9EAn2pz6Maw+
            a7liN0WeIxLD2EGDAMx8h+M59tT/1aPeq+Xl6wEeEibRzTAxqtNiCoROgnSLeQJBAJeVpEl7iAYmWSniTw+Yi3e1PBX0lW9j8y0prc0r
            FxrLPFdZoL8mUS9d38lzoyN+r8N2FiGmIXDw0vBADSIy2pMCQQDJ7iPfWBaiY0vWZs6nheI05vXVSVwX67r2qKtEulDhvBNlc7uWJvX8
            /vYEutsmEifccDcPZmQFXmQSeBrMFAxRAkBnCkOZMnZ+F6sUm9hfKEBhwipuj+Y9uzvWWLki0ExCFVs/8/Plt7i0u/rf+GJHTtIQTCxf
            5heGnXWG8VuoTSq4
            """,
            .signature: """
            MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBALbmOGdfwMMZ3YihPnqAyClGxEqy2QZ3CdV8pZlyj6DOO9zegcHIYTEO
            TxeEQZeiMlJrUH44/trLFMYkj3y4THQk7z0CM6vQohG13gVFVz/0I01O8J3PvMG48vNpFDxKQv79XA657L8YqVedjfd/L9d19t7ZeENu
            1+hNe82WtCONAgMBAAECgYB6DJT0/qOuTdNUOm1r6AYp7SxNwJ0sQEFSshP7msQXhafS0rR58NJSnv7ObZYrrrOv5ibXpAcFT+Fz+6+4
            hW+WK6CO47wdC5se2n0Gf8wR6PiD3g7D3U2ZlRJZUX7Ss2nqIDbWQhbXF5/Go3DDi5wJ//7+Dju18UclK+pEGD/zjQJBAOyi6nxkRQ89
            I3OxhzXfIxbYEfvfSsMBQdmA+GO8oBMn3tpVPAuYGdvZKQQVoats9EVlyXOQL9O1kqoKhoKkpe8CQQDF3Z01WFsdM+i6oct7h/Rfxrpv
            LecT6YWhApISG7tGC/8UiHlQG96MZqNirVK0ecVpZn9iR1O3P7qsSm0zVKpDAkEA4oIfiepA4JFZOgkYr8xjPh6dOEdIvNibO6NkH7QS
            VcO4Ya1syHxTZEm+JRa/peOo/jSsXF4MKc6IERP6JVuNKQJAMX7wdom1sSZtD1Kt3ibyQIsr0+f9qAOAg/hqpdD+FdWmZ3KENj/ieeiq
            8mI9EBxt/6G+N81z6aEthy/PBUomlQJAddOPfxcFRUke1K/Mnj+AT3QwK/r6hRhC2dc//Qs1xWFV3uKnjxy3dwkTBAqSWd757YjmtCeQ
            19CTSnjgPpscvw==
            """,
        ])
}
