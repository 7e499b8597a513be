"""A folder of raw texts as a customer sends it: several encodings, broken files, copies, personal data."""

import json
from pathlib import Path

from tests.scenes.conftest import texts

PHONE = "13800138000"
RECIPE = "recipe: Messages\nsteps:\n  - mojibake\n  - html\n  - spaces\n  - step: mask\n    language: en\n"
MAPPING = "take: all\n"


def raw_texts(folder: Path, each: int = 20) -> Path:
    """So many texts of four kinds, one third each in a table, in lines and in JSON; and what is wrong with them."""
    lines = texts(each)
    table, plain, records = lines[0::3], lines[1::3], lines[2::3]
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f'{n},"{line}"' for n, line in enumerate(table)]
    rows += [f'p1,"the refund of {PHONE} did not come, refund money back"', 'p2,""', f'p3,"{table[0]}"']
    (folder / "june.csv").write_text("\n".join(["id,text", *rows]), encoding="gb18030")
    (folder / "chat.txt").write_text("\n".join([*plain, f"<p>{plain[0]}</p>"]), encoding="utf-16")
    told = [json.dumps({"text": line}, ensure_ascii=False) for line in records]
    (folder / "log.jsonl").write_text("\n".join([*told[:3], '{"text": "broken', *told[3:]]), encoding="utf-8")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "book.xlsx").write_bytes(b"no workbook")
    return folder
