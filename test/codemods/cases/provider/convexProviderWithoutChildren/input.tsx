import { Providers } from "./Providers";

export default function App() {
  return <ConvexProvider client={convex} children={<Home />} />;
}
