// A panel: controls of our own, and a drawing that answers while they are dragged. For the control in hand
// Python sends what is to be seen along its whole range; here it is looked up. Nothing goes through
// Streamlit, and no script runs: what is set stands in the address.
//
// What one file of it does: controls.js builds and shows the controls, setting.js keeps what is set in the
// tab and the address, look.js has pieces that drawings share.

/** @import { Answer, Control, Drawing, Frame, Panel, PanelData, Setting } from "./types.js" */
/** @import { DrawingRoot } from "../shared/streamlit.js" */
import { element } from "../shared/dom.js"
import { AddressWriter } from "../shared/address.js"
import { Asker } from "../shared/ask.js"
import { passKeysOn } from "../shared/keys.js"
import { buildControls, showControl } from "./controls.js"
import { showCover } from "./look.js"
import { firstSetting, isAlike, parametersOf, remember } from "./setting.js"

/**
 * Build the panel the first time; later, take over what the page has changed.
 * @param {DrawingRoot} root
 * @param {PanelData} data
 * @param {Drawing} drawing
 */
export function showPanel(root, data, drawing) {
  if (root.panel && isAlike(root.panel.data, data)) return update(root.panel, data)
  if (root.panel) retire(root.panel)
  else listenTo(root)
  root.panel = buildPanel(root, data, drawing)
}

/**
 * Another panel takes the place of this one: what is still under way changes nothing.
 * @param {Panel} panel
 */
function retire(panel) {
  panel.address.stop()
  panel.drawing = { build() {}, draw() {} }
  panel.root.replaceChildren()
}

/** @param {DrawingRoot} root */
function listenTo(root) {
  passKeysOn(root)
  root.addEventListener("focusout", () => { // who leaves the panel finds the link right at once
    if (root.panel?.address.waits) root.panel.address.write(true)
  })
}

/**
 * @param {DrawingRoot} root
 * @param {PanelData} data
 * @param {Drawing} drawing
 */
function buildPanel(root, data, drawing) {
  const place = element("div", { class: "place" })
  const controls = Object.fromEntries(data.controls.map((control) => [control.name, control]))
  /** @type {Panel} */
  const panel = {
    root, place, data, controls, inputs: {}, boxes: {}, setting: firstSetting(data),
    inHand: data.controls[0]?.name ?? "", byPointer: false, answer: null, frame: null, drawing,
    jump: data.jump.count,
    asker: new Asker({
      name: data.answers, root, byPost: data.byPost, channel: data.channel,
      take: (answer, question) => takeAnswer(panel, answer, question),
    }),
    address: new AddressWriter(root, () => parametersOf(panel)),
    set: (changes) => change(panel, changes),
    take: (name) => takeInHand(panel, panel.controls[name], true),
  }
  root.classList.add("panel")
  buildControls(panel, {
    take: (control, byPointer) => takeInHand(panel, control, byPointer),
    move: (control, value) => {
      panel.inHand = control.name
      change(panel, { [control.name]: value })
    },
  })
  root.append(place)
  showCover(panel)
  drawing.build(place, panel)
  remember(panel)
  if (Object.values(parametersOf(panel)).some(Boolean)) panel.address.write(true)
  show(panel)
  return panel
}

/**
 * The page was run again: other fixed values, another theme, or it has set some controls.
 * @param {Panel} panel
 * @param {PanelData} data
 */
function update(panel, data) {
  const isLinked = data.link !== panel.data.link
  panel.data = data
  panel.asker.name = data.answers
  panel.asker.channel = data.channel
  panel.asker.byPost = data.byPost
  if (isLinked) panel.setting = firstSetting(data)
  else if (data.jump.count > panel.jump) Object.assign(panel.setting, data.jump.setting)
  panel.jump = data.jump.count
  showCover(panel)
  data.controls.forEach((control) => { panel.controls[control.name] = control })
  data.controls.forEach((control) => showControl(panel, control))
  remember(panel)
  panel.address.write(true)
  if (panel.frame) panel.drawing.draw(panel.place, panel.frame, panel) // in another theme's colours
  show(panel)
}

/**
 * @param {Panel} panel
 * @param {Setting} changes
 */
function change(panel, changes) {
  Object.assign(panel.setting, changes)
  for (const name of Object.keys(changes)) {
    if (panel.controls[name]) showControl(panel, panel.controls[name])
  }
  remember(panel)
  panel.address.write()
  show(panel)
}

/**
 * The question for what is set; along: the control along whose range it is asked. What is looked up in an
 * answer is asked for only along a slider, whose answers hold less.
 * @param {Panel} panel
 * @param {string} along
 * @returns {Setting}
 */
function question({ data, setting, controls, byPointer }, along) {
  const near = along && !byPointer ? controls[along].near : 0
  const asked = data.controls.filter(({ inQuestion, lookedUp }) => inQuestion && (along || !lookedUp))
  const values = asked.map(({ name }) => [name, setting[name]])
  return {
    ...data.fixed, ...Object.fromEntries(values),
    ...(along ? { along } : {}), ...(near ? { near: `${near}` } : {}),
  }
}

/**
 * Ask for the answers along a control before it moves: for a pointer all of them, for keys, which go step by
 * step, those nearby will do.
 * @param {Panel} panel
 * @param {Control} control
 * @param {boolean} byPointer
 */
function takeInHand(panel, control, byPointer) {
  const { asker: { underWay }, answer } = panel
  Object.assign(panel, { inHand: control.name, byPointer })
  if (!control.along) return
  const isEnough = (/** @type {Setting} */ asked) => !byPointer || !asked.near
  if (underWay?.along === control.name && willAnswer(panel, underWay) && isEnough(underWay)) return
  if (answer && isEnough(answer.question) && lookUp(panel, control.name)) return
  panel.asker.ask(question(panel, control.name))
}

/**
 * Whether the answer to a question is about what is set: only the control along which it was asked may stand
 * elsewhere.
 * @param {Panel} panel
 * @param {Setting} asked
 */
function covers(panel, asked) {
  const { along = "" } = asked, now = question(panel, along)
  const isFree = (/** @type {string} */ name) => name === along || name === "near"
  return Object.keys({ ...now, ...asked }).every((name) => isFree(name) || now[name] === asked[name])
}

/**
 * Whether the answer to a question will hold what is set.
 * @param {Panel} panel
 * @param {Setting} asked
 */
function willAnswer(panel, asked) {
  const { along = "", near } = asked, values = panel.controls[along]?.values ?? []
  const away = values.indexOf(panel.setting[along]) - values.indexOf(asked[along])
  return covers(panel, asked) && (!near || Math.abs(away) <= Number(near))
}

/**
 * The frame for what is set, null if the newest answer is not about it; along: of an answer along this
 * control alone.
 * @param {Panel} panel
 * @param {string} [along]
 * @returns {Frame | null}
 */
function lookUp(panel, along) {
  const { answer, controls, setting } = panel
  if (!answer || (along !== undefined && answer.along !== along)) return null
  if (!covers(panel, answer.question)) return null
  const at = answer.along ? controls[answer.along].values.indexOf(setting[answer.along]) : 0
  const frame = answer.answer.frames[at]
  return frame ? { ...answer.answer.common, ...frame } : null
}

/**
 * Draw what is set, or ask for it, if that is not under way.
 * @param {Panel} panel
 */
function show(panel) {
  const { asker, controls, inHand } = panel, frame = lookUp(panel)
  panel.root.classList.toggle("waiting", frame === null)
  if (frame) drawFrame(panel, frame)
  else if (asker.newest || !asker.underWay || !willAnswer(panel, asker.underWay)) {
    asker.ask(question(panel, controls[inHand]?.along && isInHand(panel) ? inHand : ""))
  }
}

/**
 * Whether somebody has the control in hand: only then its whole range is worth asking for.
 * @param {Panel} panel
 */
function isInHand({ root, inputs, inHand }) {
  const active = /** @type {ShadowRoot | Document} */ (root.getRootNode()).activeElement
  return inputs[inHand] !== undefined && inputs[inHand] === active
}

/**
 * @param {Panel} panel
 * @param {Frame} frame
 */
function drawFrame(panel, frame) {
  panel.frame = frame
  panel.drawing.draw(panel.place, frame, panel)
}

/**
 * @param {Panel} panel
 * @param {Answer} answer
 * @param {Setting} asked
 */
function takeAnswer(panel, answer, asked) {
  panel.answer = { question: asked, along: asked.along ?? "", answer }
  const frame = lookUp(panel)
  panel.root.classList.toggle("waiting", frame === null)
  if (frame) return drawFrame(panel, frame)
  // It has been moved on meanwhile. What has arrived is true of where it was, and shows which way it goes.
  const at = panel.controls[asked.along ?? ""]?.values.indexOf(asked[asked.along ?? ""]) ?? 0
  drawFrame(panel, { ...answer.common, ...answer.frames[Math.max(0, at)] })
  if (!panel.asker.newest) show(panel)
}
