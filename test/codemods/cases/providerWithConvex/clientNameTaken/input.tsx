import { Slot } from "expo-router";

const convex = 1;

export default function Layout() {
  return <Slot />;
}
