package import EnrolmentCore

/// Finds where the ridges of a picture end and fork.
///
/// Directions are those of ISO/IEC 19794-2: of an ending into its ridge, of a fork into the valley between its
/// branches, so that an ending that pressure joins to its neighbour keeps its direction.
package struct MinutiaFinder: Sendable {
    /// More than any finger has; only the surest are kept.
    package static let most = 160

    package init() {}

    /// - Parameter image: at 500 pixels an inch, dark ridges on white, of any size; without ridges there are no
    ///   minutiae.
    package func template(of image: GrayImage) -> FingerTemplate {
        let minutiae = minutiae(of: image)
        return FingerTemplate(width: image.width, height: image.height, minutiae: minutiae)
    }

    private func minutiae(of image: GrayImage) -> [Minutia] {
        guard let plane = RidgePlane(image) else { return [] }
        let field = RidgeField(plane)
        let relief = RidgeRelief(plane, field: field)
        var skeleton = RidgeSkeleton(relief, plane: plane)
        skeleton.clean(field: field)
        let nodes = SkeletonNodes(skeleton: skeleton, field: field, relief: relief)
        return nodes.trusted.prefix(Self.most).map { node in
            Minutia(
                kind: node.kind, x: node.x + plane.left, y: node.y + plane.top, angle: node.angle,
                certainty: node.certainty)
        }
    }
}
