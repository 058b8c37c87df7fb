import "./backgroundSync";
