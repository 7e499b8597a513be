/** The rulebook's page: the editor is fetched when the page is there; without it the plain text field does. */
import "./rulebook.css";

const root = document.getElementById("rulebook-desk");
if (root) void import("./writing").then(({ openDesk }) => openDesk(root));
