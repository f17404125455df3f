// Editing sessions for the tests: pictures, results, and a document with everything in it.
#pragma once

#include "core/base/hash.h"
#include "core/image/codec.h"
#include "core/library/edit_document.h"
#include "core/library/store.h"
#include "tests/support/case.h"

namespace b3o::test {

inline std::shared_ptr<EditPicture> shade(uint8_t value, int width = 160, int height = 140) {
  auto image = std::make_shared<Image>(width, height);
  for (size_t i = 0; i < image->pixels.size(); ++i) image->pixels[i] = uint8_t(value + i % 7);
  return edit_picture(std::move(image));
}

inline EditProposal result(uint8_t value, const std::string& words, int width = 160, int height = 140) {
  EditProposal out;
  out.recipe.task = "edit";
  out.recipe.prompt = words;
  out.recipe.seed = value;
  out.seconds = 1.5;
  out.notice = "A small model.";
  out.picture = shade(value, width, height);
  return out;
}

inline std::shared_ptr<EditMask> frozen(const MaskDocument& mask) {
  return std::make_shared<EditMask>(EditMask{mask, mask.hash(), {}});
}

inline void stroke(EditDocument& document, double x, double y) {
  document.begin_stroke({30, 0.5}, {x, y});
  document.stroke_to({x + 40, y + 20});
  document.end_stroke();
}

// A source, two branches, a name, a mask, results that wait.
inline EditDocument whole_session() {
  EditDocument document(shade(10), "beach.png", 1000);
  stroke(document, 40, 50);
  document.propose(1, 1, frozen(document.mask()), result(20, "make the cup red"));
  document.propose(1, 1, nullptr, result(21, "make the cup red"));
  const int64_t red = document.apply(1, 2000);
  document.rename(red, "rot \"ü\"");
  document.propose(2, red, nullptr, result(30, "and the sky darker"));
  document.apply(0, 3000);
  document.go_to(1);
  document.rectangle({5, 6, 70, 30}, Combine::add);
  document.propose(3, 1, frozen(document.mask()), result(40, "wider", 200, 140));
  document.apply(0, 4000);
  document.go_to(red);
  document.lasso({{10, 10}, {80, 15}, {30, 90}}, Combine::add);
  document.propose(4, red, frozen(document.mask()), result(50, "a hat"));
  return document;
}

// Keeps what the document names, as the window does it; returns what a store is given.
template <class Keep>
void keep_all(EditDocument& document, Keep keep) {
  for (const auto& picture : document.pictures())
    if (picture->file.empty()) picture->file = keep(encode_png(*picture->image));
  for (const auto& mask : document.masks())
    if (mask->file.empty()) mask->file = keep(mask_png(mask->mask));
}

inline StoredEdit stored(EditDocument& document, Store& store, const std::string& title, int64_t id = 0) {
  keep_all(document, [&](const std::string& png) { return store.keep_attachment(png, ".png"); });
  StoredEdit out;
  out.line.id = id;
  out.line.title = title;
  out.line.cover = document.node(document.current()).picture->file;
  out.json = to_json(document);
  out.mask = mask_png(document.mask());
  return out;
}

inline EditDocument opened(const StoredEdit& stored, const Store& store) {
  EditDocument out = edit_document_from_json(stored.json, "session");
  fill_masks(out, stored.mask, [&](const std::string& name) { return store.attachment(name); }, "session");
  return out;
}

}  // namespace b3o::test
