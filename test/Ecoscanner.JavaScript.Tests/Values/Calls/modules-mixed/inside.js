import tools from "./tools.cjs";
export const inside = () => tools.polish(); // calls: exports.polish; not: sharpen
