// Where a question is written. Enter sends, Shift+Enter starts a line; grows with its text; pictures that are pasted or
// dropped go to the page.
#pragma once

#include <QPlainTextEdit>
#include <QTextCursor>

class QMimeData;

namespace b3o {

class QuestionEdit : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit QuestionEdit(QWidget* parent = nullptr);

  // A large text that is pasted comes in piece by piece, so that the window stays awake.
  void finishInserting();                    // the rest at once
  void stopInserting() { coming_.clear(); }  // the rest not at all

 Q_SIGNALS:
  void sent();
  void leftBy();  // Escape, where somebody listens
  void picturesBrought(const QMimeData* data);
  void focusChanged();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool canInsertFromMimeData(const QMimeData* data) const override;
  void insertFromMimeData(const QMimeData* data) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitHeight();
  void insertNext();

  QString coming_;         // of the pasted text, not in yet
  QTextCursor coming_at_;  // where it goes
};

// Whether there is a picture in it: an image, or files.
bool holdsPictures(const QMimeData* data);

}  // namespace b3o
