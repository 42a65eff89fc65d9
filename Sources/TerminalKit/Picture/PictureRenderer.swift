import CChafa

/// Turns a picture into cells.
package enum PictureRenderer {
    /// - Returns: rows of cells, none wider or more than `size`; the picture's own shape is not
    ///   looked at, see ``Picture/cells(within:)``.
    package static func cells(of picture: Picture, size: Size, style: PictureStyle) -> [[Cell]] {
        guard size.columns > 0, size.rows > 0 else { return [] }
        switch style.symbols {
        case .shades: return shades(of: picture, size: size, ramp: [" ", "░", "▒", "▓", "█"])
        case .ascii: return shades(of: picture, size: size, ramp: [" ", ".", ":", "+", "#"])
        case .halves, .quadrants, .sextants: return blocks(of: picture, size: size, style: style)
        }
    }

    /// Light is full: terminals are dark more often than not, and it keeps a face a face.
    private static func shades(of picture: Picture, size: Size, ramp: [Character]) -> [[Cell]] {
        (0..<size.rows).map { row in
            (0..<size.columns).map { column in
                let light = picture.lightness(column: column, of: size.columns, row: row, of: size.rows)
                return Cell(ramp[light * ramp.count / 256])
            }
        }
    }

    private static func blocks(of picture: Picture, size: Size, style: PictureStyle) -> [[Cell]] {
        let symbols = chafa_symbol_map_new()
        defer { chafa_symbol_map_unref(symbols) }
        chafa_symbol_map_add_by_tags(symbols, style.symbols.tags)
        let config = chafa_canvas_config_new()
        defer { chafa_canvas_config_unref(config) }
        chafa_canvas_config_set_geometry(config, gint(size.columns), gint(size.rows))
        chafa_canvas_config_set_cell_geometry(config, 8, 16)
        chafa_canvas_config_set_canvas_mode(config, style.depth.canvasMode)
        chafa_canvas_config_set_symbol_map(config, symbols)
        chafa_canvas_config_set_work_factor(config, 0.5)
        if style.depth < .palette { chafa_canvas_config_set_dither_mode(config, CHAFA_DITHER_MODE_ORDERED) }
        let canvas = chafa_canvas_new(config)
        defer { chafa_canvas_unref(canvas) }
        chafa_canvas_draw_all_pixels(
            canvas, CHAFA_PIXEL_RGB8, picture.rgbBytes, gint(picture.width), gint(picture.height),
            gint(3 * picture.width))
        return (0..<size.rows).map { row in
            (0..<size.columns).map { column in cell(of: canvas, column: column, row: row) }
        }
    }

    private static func cell(of canvas: OpaquePointer?, column: Int, row: Int) -> Cell {
        var (foreground, background): (gint, gint) = (-1, -1)
        chafa_canvas_get_raw_colors_at(canvas, gint(column), gint(row), &foreground, &background)
        let scalar = Unicode.Scalar(chafa_canvas_get_char_at(canvas, gint(column), gint(row))) ?? " "
        let style = Style(foreground: PixelColour(number: foreground), background: PixelColour(number: background))
        return Cell(Character(scalar), style)
    }
}

extension PixelColour {
    fileprivate init(number: gint) {
        self = UInt8(exactly: number).map { .palette($0) } ?? .terminal
    }
}

extension Picture {
    fileprivate var rgbBytes: [UInt8] {
        guard format == .gray else { return bytes }
        return bytes.flatMap { [$0, $0, $0] }
    }
}

extension PictureStyle.Symbols {
    fileprivate var tags: ChafaSymbolTags {
        let tags: [ChafaSymbolTags] =
            switch self {
            case .shades, .ascii: [CHAFA_SYMBOL_TAG_ASCII]
            case .halves: [CHAFA_SYMBOL_TAG_SPACE, CHAFA_SYMBOL_TAG_SOLID, CHAFA_SYMBOL_TAG_HALF]
            case .quadrants:
                [CHAFA_SYMBOL_TAG_SPACE, CHAFA_SYMBOL_TAG_SOLID, CHAFA_SYMBOL_TAG_HALF, CHAFA_SYMBOL_TAG_QUAD]
            case .sextants:
                [
                    CHAFA_SYMBOL_TAG_SPACE, CHAFA_SYMBOL_TAG_SOLID, CHAFA_SYMBOL_TAG_HALF, CHAFA_SYMBOL_TAG_QUAD,
                    CHAFA_SYMBOL_TAG_SEXTANT,
                ]
            }
        return ChafaSymbolTags(tags.reduce(0) { $0 | $1.rawValue })
    }
}

extension PictureStyle.ColourDepth {
    /// 240 colours, since the first sixteen are the user's to change.
    fileprivate var canvasMode: ChafaCanvasMode {
        switch self {
        case .none: CHAFA_CANVAS_MODE_FGBG
        case .eight: CHAFA_CANVAS_MODE_INDEXED_8
        case .sixteen: CHAFA_CANVAS_MODE_INDEXED_16
        case .palette: CHAFA_CANVAS_MODE_INDEXED_240
        }
    }
}
