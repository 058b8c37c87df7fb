import type { Project } from "../db/schema";

/** The dot before a project's name. */
export const projectColors: Record<Project["color"], string> = {
  gray: "#8a948f",
  blue: "#3b7dd8",
  green: "#2f9e6d",
  orange: "#e08526",
};
