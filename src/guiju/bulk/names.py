"""What the columns of a table of answers are called by those who write them."""

ALSO_KNOWN_AS: dict[str, tuple[str, ...]] = {
    "item": ("item", "task", "name", "id", "项目", "条目", "名称"),
    "annotator": ("annotator", "worker", "user", "标注员", "标注人"),
    "label": ("label", "answer", "标签", "标注"),
    "gold": ("gold", "truth", "正确答案"),
    "seconds": ("seconds", "duration", "秒", "用时"),
    "confidence": ("confidence", "score", "probability", "置信度", "概率"),
    "at": ("at", "time", "date", "时间"),
}
