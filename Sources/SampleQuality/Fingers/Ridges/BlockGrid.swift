/// One value for each square of 8 by 8 pixels of a picture.
struct BlockGrid<Value> {
    let columns: Int
    let rows: Int
    /// Row by row from the top left.
    var values: [Value]

    init(columns: Int, rows: Int, repeating value: Value) {
        self.columns = columns
        self.rows = rows
        values = Array(repeating: value, count: columns * rows)
    }

    /// - Precondition: the ranges lie within the grid.
    func part(_ columns: Range<Int>, _ rows: Range<Int>) -> BlockGrid {
        var part = BlockGrid(columns: columns.count, rows: rows.count, repeating: values[0])
        for row in rows {
            for column in columns {
                part[column - columns.lowerBound, row - rows.lowerBound] = self[column, row]
            }
        }
        return part
    }

    subscript(column: Int, row: Int) -> Value {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }
}

/// The side of a block, about a ridge and a valley together at 500 pixels an inch.
let blockSide = 8

extension BlockGrid where Value == Float {
    /// Blurred by a bell of this standard deviation in blocks; at the rim the nearest block counts again.
    func blurred(by deviation: Float) -> BlockGrid {
        let reach = max(1, Int((2.5 * deviation).rounded(.up)))
        let bell = (-reach...reach).map { Self.bell(Float($0), deviation) }
        let sum = bell.reduce(0, +)
        let weights = bell.map { $0 / sum }
        var across = self
        for row in 0..<rows {
            for column in 0..<columns {
                var value: Float = 0
                for step in -reach...reach {
                    value += weights[step + reach] * self[min(columns - 1, max(0, column + step)), row]
                }
                across[column, row] = value
            }
        }
        var result = across
        for row in 0..<rows {
            for column in 0..<columns {
                var value: Float = 0
                for step in -reach...reach {
                    value += weights[step + reach] * across[column, min(rows - 1, max(0, row + step))]
                }
                result[column, row] = value
            }
        }
        return result
    }

    /// Between the middles of the four nearest blocks.
    func value(atX x: Float, y: Float) -> Float {
        let across = min(Float(columns - 1), max(0, x / Float(blockSide) - 0.5))
        let down = min(Float(rows - 1), max(0, y / Float(blockSide) - 0.5))
        let (column, row) = (Int(across), Int(down))
        let (right, low) = (across - Float(column), down - Float(row))
        let (nextColumn, nextRow) = (min(columns - 1, column + 1), min(rows - 1, row + 1))
        let upper = self[column, row] * (1 - right) + self[nextColumn, row] * right
        let lower = self[column, nextRow] * (1 - right) + self[nextColumn, nextRow] * right
        return upper * (1 - low) + lower * low
    }

    private static func bell(_ distance: Float, _ deviation: Float) -> Float {
        let ratio = distance / deviation
        return 1 / (1 + ratio * ratio / 2 + ratio * ratio * ratio * ratio / 8)
    }
}

extension BlockGrid where Value == Bool {
    /// Grown by one block in all eight directions.
    var grown: BlockGrid { combined(from: false, rim: false) { $0 || $1 } }

    /// Shrunk by one block; what lies outside the picture takes nothing off.
    var shrunk: BlockGrid { combined(from: true, rim: true) { $0 && $1 } }

    /// Shrunk by one block, from the picture's rim too.
    var inner: BlockGrid { combined(from: true, rim: false) { $0 && $1 } }

    private func combined(from start: Bool, rim: Bool, _ combine: (Bool, Bool) -> Bool) -> BlockGrid {
        var result = self
        for row in 0..<rows {
            for column in 0..<columns {
                var value = start
                for y in row - 1...row + 1 {
                    for x in column - 1...column + 1 {
                        let isInside = x >= 0 && y >= 0 && x < columns && y < rows
                        value = combine(value, isInside ? self[x, y] : rim)
                    }
                }
                result[column, row] = value
            }
        }
        return result
    }
}
