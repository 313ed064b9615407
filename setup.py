"""The only metadata of the distribution: what it is called, needs, ships and installs."""

from pathlib import Path

from setuptools import find_packages, setup

VERSION = "0.1.0"

REQUIRES = [
    "ahocorasick-rs>=1.0,<2",
    "aiohttp>=3.14.1,<4",  # CVE-2026-54278
    "apache-beam>=2.77,<2.78",
    "beautifulsoup4>=4.13,<5",
    "charset-normalizer>=3.4,<4",
    "deltalake>=1.6,<1.7",
    "duckdb>=1.4,<3",
    "feedparser>=6.0.12,<7",
    "idna>=3.10,<4",
    "numpy>=2,<3",
    "protego>=0.6,<1",
    "pyarrow>=25,<26",  # Beam 2.77 pins < 26
    "pyyaml>=6.0.2,<7",
    "rich>=14,<16",
    "selectolax>=1.0,<2",
    "tld>=0.13,<1",
    "tomli>=2,<3; python_version < '3.11'",
    "typer>=0.21,<1",
    "yarl>=1.18,<2",
]

EXTRAS = {
    "gcp": ["apache-beam[gcp]>=2.77,<2.78"],
    "polars": ["polars>=1.30,<3"],
    "pandas": ["pandas>=2.2,<4"],
    "dev": [
        "build>=1.2,<2",
        "hypothesis>=6.130,<7",
        "mypy>=2,<3",
        "pandas>=2.2,<4",
        "polars>=1.30,<3",
        "psutil>=6,<8",
        "pytest>=8,<10",
        "ruff>=0.17,<0.18",
        "setuptools>=77,<90",  # builds without isolation, so that constraints.txt pins it too
        "types-PyYAML>=6,<7",
        "types-psutil>=6,<8",
    ],
}

setup(
    name="communique",
    version=VERSION,
    description="Reads news feeds, keeps the article text, tags what diplomacy it is about, "
    "and writes Parquet you can query.",
    long_description=Path("README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license_expression="Apache-2.0",
    license_files=["LICENSE"],
    python_requires=">=3.10,<3.14",
    packages=find_packages(
        include=["pipelines", "pipelines.*", "transforms", "transforms.*", "schemas", "schemas.*"]
    ),
    include_package_data=True,
    install_requires=REQUIRES,
    extras_require=EXTRAS,
    entry_points={"console_scripts": ["communique = pipelines.__main__:main"]},
    classifiers=[
        "Development Status :: 4 - Beta",
        "Intended Audience :: Science/Research",
        "Programming Language :: Python :: 3",
        "Topic :: Text Processing",
    ],
)
