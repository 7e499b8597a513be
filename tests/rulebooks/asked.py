"""Two rulebooks that ask of parts and under conditions: defects with attributes, and a dialogue turn for turn."""

STEEL = """---
title: {zh: "带属性的缺陷", en: "Defects with attributes"}
version: 1.0.0
fields:
  - {id: grade, kind: choice, title: {zh: 等级, en: Grade}, labels: [good, defect]}
  - {id: defects, kind: box, when: 'grade == "defect"', title: {zh: 缺陷, en: Defects}, labels: [scratch, crack]}
  - {id: occluded, kind: choice, target: defects, title: {zh: 遮挡, en: Occluded}, labels: ["yes", "no", partly]}
  - {id: depth, kind: rating, target: defects, when: 'label == "scratch" && occluded != "yes"',
     title: {zh: 深度, en: Depth}, options: {low: 1, high: 3}}
  - {id: causes, kind: choice, required: false, when: '"scratch" in defects', title: {zh: 原因, en: Causes},
     labels: [roll, dirt], options: {multiple: true}}
  - {id: shift, kind: choice, when: '"roll" in causes', title: {zh: 班次, en: Shift}, labels: [day, night]}
labels:
  - {id: good, name: {zh: 合格, en: Good}, definition: {zh: 合格, en: Good}}
  - {id: defect, name: {zh: 缺陷, en: Defect}, definition: {zh: 缺陷, en: Defect}}
  - {id: scratch, name: {zh: 划痕, en: Scratch}, definition: {zh: 划痕, en: Scratch}, color: '#d55e00'}
  - {id: crack, name: {zh: 裂纹, en: Crack}, definition: {zh: 裂纹, en: Crack}, color: '#0072b2'}
  - {id: "yes", name: {zh: 是, en: "Yes"}, definition: {zh: 看不全, en: Hidden}, hotkey: '7'}
  - {id: "no", name: {zh: 否, en: "No"}, definition: {zh: 看得全, en: Seen whole}, hotkey: '8'}
  - {id: partly, name: {zh: 部分, en: Partly}, definition: {zh: 部分, en: Partly}, hotkey: '9'}
  - {id: roll, name: {zh: 轧辊, en: Roll}, definition: {zh: 轧辊, en: Roll}}
  - {id: dirt, name: {zh: 异物, en: Dirt}, definition: {zh: 异物, en: Dirt}}
  - {id: day, name: {zh: 白班, en: Day}, definition: {zh: 白班, en: Day}}
  - {id: night, name: {zh: 夜班, en: Night}, definition: {zh: 夜班, en: Night}}
checks:
  - {id: cracks-are-deep, field: occluded, when: 'label == "crack"', expect: 'occluded != "partly"',
     message: {zh: "裂纹要么看得全，要么看不全。", en: "A crack is hidden or it is not."}}
examples:
  - {id: E1, polarity: boundary, note: {zh: 一, en: one}, item: a.png,
     answer: {grade: [defect], defects: [{label: scratch, x: 1, y: 1, width: 9, height: 9}],
              occluded: {e1: ["no"]}, depth: [2]}}
---

## C1 缺陷 | Defects

缺陷要框。
"""

TALK = """---
title: {zh: "客服对话", en: "Service dialogues"}
version: 1.0.0
fields:
  - {id: intent, kind: choice, target: turn, when: 'speaker == "客户"', title: {zh: 意图, en: Intent},
     labels: [ask, complain]}
  - {id: anger, kind: rating, target: turn, when: 'intent == "complain"', title: {zh: 愤怒, en: Anger},
     options: {low: 1, high: 3}}
  - {id: solved, kind: choice, when: '"complain" in intent', title: {zh: 解决, en: Solved}, labels: ["yes", "no"]}
labels:
  - {id: ask, name: {zh: 询问, en: Ask}, definition: {zh: 询问, en: Ask}, color: '#0072b2', hotkey: '1'}
  - {id: complain, name: {zh: 投诉, en: Complain}, definition: {zh: 投诉, en: Complain}, color: '#d55e00', hotkey: '2'}
  - {id: "yes", name: {zh: 是, en: "Yes"}, definition: {zh: 是, en: "Yes"}, hotkey: '8'}
  - {id: "no", name: {zh: 否, en: "No"}, definition: {zh: 否, en: "No"}, hotkey: '9'}
checks:
  - {id: first-asks, field: intent, when: 'turn == 1', expect: 'intent == "ask"',
     message: {zh: "开头不会是投诉。", en: "Nobody opens with a complaint."}}
examples:
  - {id: E1, polarity: boundary, note: {zh: 一, en: one}, item: d1, answer: {intent: {1: [ask]}}}
---

## C1 意图 | Intent

每句一个。
"""
