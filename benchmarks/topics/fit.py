"""Logistic regression with a ridge, by Newton's method: few weights, few articles, no library."""

import numpy as np

STEPS = 60


def fit_logistic(
    rows: np.ndarray,
    labels: np.ndarray,
    weights: np.ndarray,
    ridge: float,
    signs: tuple[int, ...],
    offsets: np.ndarray | float = 0.0,
) -> tuple[float, list[float]]:
    """Bias and weights for `rows` (n x k), labels 0.0 or 1.0, and what each row weighs.

    `offsets` are log-odds that stand already. `signs`, one a column: 1 for a weight that may not be
    negative, -1 for not positive, 0 for any. Columns are scaled to unit variance for the ridge, so
    that it weighs on all alike.
    """
    scale = rows.std(axis=0) + 1e-9
    x = np.hstack([np.ones((len(rows), 1)), rows / scale])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 0.0
    sign = np.array([0, *signs])
    w = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w + offsets, -30, 30)))
        gradient = x.T @ (weights * (p - labels)) + penalty * w
        hessian = (x.T * (weights * p * (1 - p))) @ x + np.diag(penalty + 1e-9)
        free = (sign == 0) | (np.abs(w) > 1e-9) | (gradient * sign < 0)
        step = np.zeros_like(w)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        w = w - step
        w = np.where(w * sign < 0, 0.0, w)
    return float(w[0]), (w[1:] / scale).tolist()
