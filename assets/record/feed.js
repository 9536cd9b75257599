// The small part that brings what the session has of the record; it waits for the record's code.

/** @import { Component } from "../shared/streamlit.js" */
/** @import { SessionRecord } from "./types.js" */

/** @param {Component<[SessionRecord]>} component */
export default function ({ data }) {
  if (window.lstmRecord) window.lstmRecord.take(data[0])
  else (window.lstmRecordWaiting ??= []).push(data[0])
}
