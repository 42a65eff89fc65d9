"""Fits the trees of our quality score to NFIQ 2's and writes them as Swift; finger-quality.py calls it.

Gradient-boosted regression trees, small and many, on measures that are NFIQ 2's own or as near: so the model is
a condensed view of NFIQ 2's forest, not of our pictures. Needs scikit-learn.
"""
import json

from sklearn.ensemble import HistGradientBoostingRegressor

TREES, LEAVES, RATE, LEAST = 240, 8, 0.07, 25


def fit(rows, scores, weights):
    model = HistGradientBoostingRegressor(
        max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, min_samples_leaf=LEAST, l2_regularization=2,
        max_features=0.4, random_state=3, early_stopping=False)
    return model.fit(rows, scores, sample_weight=weights)


def short(value):
    return f"{value:.5g}"


def flattened(nodes, index):
    """Preorder: a split's lower side comes next, its upper side so many nodes on."""
    node = nodes[index]
    if node["is_leaf"]:
        return [("-1", short(node["value"]), "0")]
    low, high = flattened(nodes, node["left"]), flattened(nodes, node["right"])
    return [(str(node["feature_idx"]), short(node["num_threshold"]), str(1 + len(low)))] + low + high


def swift(model, count):
    lines = [
        "// Written by Tests/Witness/finger_quality_fit.py; not to be edited.", "", "extension FingerQualityModel {",
        f"    /// NFIQ 2's mean score of the {count} pictures.", f"    static let base: Float = {short(model._baseline_prediction[0][0])}", "",
        f"    /// {len(model._predictors)} trees: how many nodes, then three numbers for each.", "    static let nodes: [Float] = [",
    ]
    for trees in model._predictors:
        nodes = flattened(trees[0].nodes, 0)
        row = [str(len(nodes))] + [number for node in nodes for number in node]
        text = "        "
        for number in row:
            if len(text) + len(number) + 2 > 120:
                lines.append(text.rstrip())
                text = "        "
            text += number + ", "
        lines.append(text.rstrip())
    return "\n".join(lines + ["    ]", "}", ""])


def write(rows, scores, weights, path):
    with open(path, "w") as file:
        file.write(swift(fit(rows, scores, weights), len(scores)))
    print(json.dumps({"pictures": len(scores), "trees": TREES, "leaves": LEAVES}))
