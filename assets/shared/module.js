// Loads a module by an address of its own: packed, and kept by the browser (lesson/frame/web_files.py).

import { base } from "./base.js"

/**
 * @param {string} path  in assets/, of one that the server offers
 * @param {string} version  of the course
 * @returns {Promise<any>}
 */
export const loadModule = (path, version) => import(new URL(`scripts/${path}?v=${version}`, base()).href)
