"""scikit-learn's cross-validated logistic regression on cached features. Prints one JSON object with the test accuracy.

usage: logistic_cv.py FOLDER WIDTH --l2 VALUE...
FOLDER holds {train,test}.f32 (float32 rows) and {train,test}.i32 (int32 labels).
"""

import argparse
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold

FOLDS = 5


def main():
    warnings.filterwarnings("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("width", type=int)
    parser.add_argument("--l2", type=float, nargs="+", required=True)
    args = parser.parse_args()

    def part(name):
        features = np.fromfile(args.folder / f"{name}.f32", np.float32).reshape(-1, args.width)
        return features, np.fromfile(args.folder / f"{name}.i32", np.int32)

    x, y = part("train")
    in_folds = len(y) * (FOLDS - 1) / FOLDS
    search = LogisticRegressionCV(
        Cs=sorted(1 / (in_folds * l2) for l2 in args.l2),
        cv=StratifiedKFold(FOLDS, shuffle=True, random_state=0),
        max_iter=1000,
    ).fit(x, y)
    test_x, test_y = part("test")
    answer = {"test": float(np.mean(search.predict(test_x) == test_y)), "sklearn": sklearn.__version__}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
