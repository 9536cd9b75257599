export default ({ data }) => {
  window.lstmPointers = { ...window.lstmPointers, [data.key]: data }
  document.dispatchEvent(new Event("lstm-pointer"))
}
