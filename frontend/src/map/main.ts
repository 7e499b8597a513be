/** The map of scenes: pan, zoom, lasso; the table beside it does the same without it. Every word comes from the page. */
import "./map.css";
import { SceneMap } from "./scene-map";

customElements.define("scene-map", SceneMap);
