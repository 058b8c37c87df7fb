import { ConvexProvider } from "convex/react";
const P = ({ children }) => <ConvexProvider>{children}</ConvexProvider>;
export default P;
