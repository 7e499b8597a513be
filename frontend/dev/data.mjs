// Two small made-up projects to look at: boxes on steel plates, a choice on service messages.
const two = (zh, en) => ({ zh, en });
const label = (id, zh, en, color, dz, de) => ({ id, name: two(zh, en), definition: two(dz, de), color, hotkey: null });

export const STEEL = {
  project: { zh: "钢板表面缺陷", en: "Steel surface defects" },
  media: "image",
  rulebook: {
    id: 3,
    version: "1.2.0",
    title: two("钢板表面缺陷", "Steel surface defects"),
    fields: [
      {
        id: "defects",
        kind: "box",
        target: "item",
        required: true,
        multiple: false,
        title: two("缺陷", "Defects"),
        labels: ["scratch", "crack", "pit", "scale", "rolled", "inclusion"],
      },
    ],
    labels: [
      label(
        "scratch",
        "划痕",
        "Scratch",
        "#0072b2",
        "机械刮擦留下的直线痕迹，底部发亮。",
        "A straight mark left by something hard; its bottom shines.",
      ),
      label(
        "crack",
        "裂纹",
        "Crack",
        "#d55e00",
        "走向曲折、底部发黑的开裂。",
        "A break that wanders, with a dark bottom.",
      ),
      label(
        "pit",
        "麻点",
        "Pits",
        "#009e73",
        "成片的小凹坑；一片一个框。",
        "Small hollows in a field; one box for the field.",
      ),
      label(
        "scale",
        "氧化皮",
        "Scale",
        "#cc79a7",
        "未除净的氧化层，灰暗、边缘不齐。",
        "Oxide that was not removed: dull, with ragged edges.",
      ),
      label("rolled", "压入", "Rolled-in", "#e69f00", "异物被轧入表面。", "Foreign matter rolled into the surface."),
      label(
        "inclusion",
        "夹杂",
        "Inclusion",
        "#56b4e9",
        "材料内部的非金属露出表面。",
        "Non-metal from inside the material at the surface.",
      ),
    ],
    clauses: [
      {
        id: "C3.1",
        title: two("框的大小", "How large a box is"),
        html: two(
          "<p>框紧贴缺陷，四边留 1–2 像素；宽和高都不小于 <b>8</b> 像素。</p>",
          "<p>The box hugs the defect with 1–2 pixels to spare; neither side is under <b>8</b> pixels.</p>",
        ),
        labels: ["scratch", "crack", "pit", "scale", "rolled", "inclusion"],
      },
      {
        id: "C3.2",
        title: two("划痕与裂纹", "Scratch or crack"),
        html: two(
          "<p>两端渐细、底部发亮、方向随轧制方向的，是<b>划痕</b>；走向曲折、底部发黑、有分叉的，是<b>裂纹</b>。两者并存时先标裂纹。</p>",
          "<p>Thinning ends, a bright bottom, along the rolling direction: a <b>scratch</b>. Wandering, dark, forked: a <b>crack</b>. Where both are, the crack comes first.</p>",
        ),
        labels: ["scratch", "crack"],
      },
      {
        id: "C4.1",
        title: two("麻点成片", "Pits in a field"),
        html: two(
          "<p>间距小于 20 像素的麻点合为一片，画一个框。</p>",
          "<p>Pits closer than 20 pixels are one field and get one box.</p>",
        ),
        labels: ["pit"],
      },
    ],
    examples: [
      {
        id: "e1",
        polarity: "positive",
        label: "scratch",
        clause: "C3.2",
        note: two("底部发亮", "bright bottom"),
        text: null,
        url: "/media/steel-11.png",
      },
      {
        id: "e2",
        polarity: "negative",
        label: "scratch",
        clause: "C3.2",
        note: two("有分叉，是裂纹", "forked: a crack"),
        text: null,
        url: "/media/steel-12.png",
      },
      {
        id: "e3",
        polarity: "boundary",
        label: "pit",
        clause: "C4.1",
        note: two("间距 18 像素", "18 pixels apart"),
        text: null,
        url: "/media/steel-13.png",
      },
    ],
    checks: [
      {
        id: "min-size",
        field: "defects",
        when: null,
        expect: ["and", [">=", ["var", "width"], ["num", 8]], [">=", ["var", "height"], ["num", 8]]],
        message: two("框的宽和高都应不小于 8 像素。", "Neither side of a box may be under 8 pixels."),
        clause: "C3.1",
      },
    ],
  },
  items: Array.from({ length: 9 }, (_, at) => ({
    id: at + 1,
    media: "image",
    name: `plate-${String(at + 101).padStart(4, "0")}.png`,
    text: null,
    url: `/media/steel-${at + 1}.png`,
    width: 960,
    height: 600,
  })),
  draft: {
    defects: {
      kind: "box",
      shapes: [
        { id: "b1", label: "scratch", x: 232, y: 196, w: 368, h: 42 },
        { id: "b2", label: "crack", x: 658, y: 296, w: 66, h: 178 },
        { id: "b3", label: "pit", x: 246, y: 410, w: 196, h: 126 },
      ],
    },
  },
};

const MESSAGES = [
  "我上周五下的单，到现在物流还停在“已揽收”，客服说帮我催，三天过去了一点动静都没有。能不能给个准话，到底什么时候能到？",
  "杯子收到了，釉色比图片上还好看，包装也很用心。下次还会来。",
  "请问这款支持七天无理由退货吗？拆了封还能不能退？",
  "发票抬头开错了，麻烦重开一张，公司名称后面少了“有限”两个字。",
  "Ok, thanks, 我再看看。",
];

export const MOOD = {
  project: { zh: "客服留言情绪", en: "Mood of service messages" },
  media: "text",
  rulebook: {
    id: 4,
    version: "1.0.0",
    title: two("客服留言情绪", "Mood of service messages"),
    fields: [
      {
        id: "mood",
        kind: "choice",
        target: "item",
        required: true,
        multiple: false,
        title: two("情绪", "Mood"),
        labels: ["pos", "neu", "neg", "mixed"],
      },
      {
        id: "topic",
        kind: "choice",
        target: "item",
        required: false,
        multiple: true,
        title: two("主题", "Topics"),
        labels: ["delivery", "goods", "invoice", "refund"],
      },
    ],
    labels: [
      label("pos", "正面", "Positive", "#009e73", "满意、感谢、称赞。", "Content, thankful, praising."),
      label("neu", "中性", "Neutral", "#7f8790", "只问事或陈述，不带情绪。", "Asks or states, without feeling."),
      label(
        "neg",
        "负面",
        "Negative",
        "#d55e00",
        "不满、催促、抱怨、失望。",
        "Discontent, urging, complaint, disappointment.",
      ),
      label(
        "mixed",
        "兼有",
        "Mixed",
        "#cc79a7",
        "褒贬并存，且都不是客套。",
        "Praise and blame together, neither of them a courtesy.",
      ),
      label("delivery", "物流", "Delivery", "#0072b2", "运输、时效、签收。", "Transport, time, receipt."),
      label("goods", "商品", "Goods", "#e69f00", "商品本身的质量与外观。", "Quality and look of the goods."),
      label("invoice", "发票", "Invoice", "#56b4e9", "开票与抬头。", "Invoices and their names."),
      label("refund", "退换", "Returns", "#b2622f", "退货、换货、退款。", "Returns, exchanges, refunds."),
    ],
    clauses: [
      {
        id: "C1.1",
        title: two("看整句，不看单词", "The whole message, not a word"),
        html: two(
          "<p>按整条留言的主旨判断。“催一下”带有不满时是<b>负面</b>，只问进度时是<b>中性</b>。</p>",
          "<p>Judge by what the whole message wants. Urging with displeasure is <b>negative</b>; asking how far it is, is <b>neutral</b>.</p>",
        ),
        labels: ["pos", "neu", "neg", "mixed"],
      },
      {
        id: "C1.3",
        title: two("客套不算褒", "A courtesy is no praise"),
        html: two(
          "<p>“谢谢”“麻烦了”是客套，不因此算正面，也不因此算兼有。</p>",
          "<p>“Thanks” and “please” are courtesies: they make nothing positive, and nothing mixed.</p>",
        ),
        labels: ["pos", "mixed"],
      },
    ],
    examples: [
      {
        id: "t1",
        polarity: "positive",
        label: "neg",
        clause: "C1.1",
        note: two("有期限、有追问", "a deadline and a demand"),
        text: "都第五天了还没发货，你们到底发不发？",
        url: null,
      },
      {
        id: "t2",
        polarity: "negative",
        label: "neg",
        clause: "C1.1",
        note: two("只问进度：中性", "only asks: neutral"),
        text: "请问大概几天能到？",
        url: null,
      },
      {
        id: "t3",
        polarity: "boundary",
        label: "pos",
        clause: "C1.3",
        note: two("客套，中性", "courtesy: neutral"),
        text: "好的，谢谢，我再看看。",
        url: null,
      },
    ],
    checks: [
      {
        id: "two-topics",
        field: "topic",
        when: null,
        expect: ["<=", ["var", "count"], ["num", 2]],
        message: two("主题最多选两个。", "At most two topics."),
        clause: "C1.1",
      },
    ],
  },
  items: MESSAGES.map((text, at) => ({
    id: at + 1,
    media: "text",
    name: `#${at + 1}`,
    text,
    url: null,
    width: null,
    height: null,
  })),
  draft: { mood: { kind: "choice", labels: ["neg"] }, topic: { kind: "choice", labels: ["delivery"] } },
};
